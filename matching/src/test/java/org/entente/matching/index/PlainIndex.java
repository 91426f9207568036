package org.entente.matching.index;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads a shared file by the table of docs/spec/matching.md and nothing else, and computes its root again from what it holds and what its holder
 * knows. Slow, plain, and written apart from the code that it judges.
 */
final class PlainIndex {
    final TreeMap<String, Long> maskedByTag = new TreeMap<>();
    final List<String> removals = new ArrayList<>();
    final byte[] announcedRoot;
    final byte[] contentRoot;
    private final List<byte[]> entries = new ArrayList<>();

    PlainIndex(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int count = (int) in.getLong(16);
        int removed = (int) in.getLong(24);
        int first = 0;
        for (int n = 0; n < count; n++) {
            while (in.getLong(112 + first * 8) <= n) {
                first++;
            }
            byte[] entry = new byte[24];
            entry[0] = (byte) first;
            System.arraycopy(file, 2_256 + n * 23, entry, 1, 23);
            entries.add(entry);
            maskedByTag.put(
                    hex(Arrays.copyOf(entry, 16)), ByteBuffer.wrap(entry).getLong(16));
        }
        int body = count * 23 + removed * 16;
        for (int n = 0; n < removed; n++) {
            int at = 2_256 + count * 23 + n * 16;
            removals.add(hex(Arrays.copyOfRange(file, at, at + 16)));
        }
        byte[] top = top(Arrays.copyOfRange(file, 2_256, 2_256 + body), file, 2_256 + body);
        if (!Arrays.equals(top, Arrays.copyOfRange(file, 2_160, 2_192))) {
            throw new AssertionError("the top digest is not that of the blocks");
        }
        contentRoot = sha(new byte[] {2}, Arrays.copyOf(file, 2_192));
        announcedRoot = Arrays.copyOfRange(file, 2_224, 2_256);
    }

    /** Hashes level after level, and requires that each stands in the file. */
    private static byte[] top(byte[] body, byte[] file, int storedAt) {
        byte[] level = body;
        int block = 5_888;
        int stored = storedAt;
        for (int number = 0; ; number++) {
            int blocks = (level.length + block - 1) / block;
            ByteBuffer digests = ByteBuffer.allocate(blocks * 32);
            for (int n = 0; n < blocks; n++) {
                byte[] head = ByteBuffer.allocate(10)
                        .put((byte) 3)
                        .put((byte) number)
                        .putLong(n)
                        .array();
                digests.put(sha(head, Arrays.copyOfRange(level, n * block, Math.min(level.length, (n + 1) * block))));
            }
            level = digests.array();
            if (blocks == 1) {
                if (stored != file.length) {
                    throw new AssertionError("the file has another length");
                }
                return level;
            }
            if (!Arrays.equals(level, Arrays.copyOfRange(file, stored, stored + level.length))) {
                throw new AssertionError("level " + number + " is not stored");
            }
            stored += level.length;
            block = 8_192;
        }
    }

    /** The root that the holder's record ids lead to; tags without ids are dummies. */
    byte[] root(byte[] saltKey, Map<String, List<String>> idsByTag) {
        List<byte[]> leaves = new ArrayList<>();
        for (byte[] entry : entries) {
            byte[] tag = Arrays.copyOf(entry, 16);
            List<String> ids = idsByTag.get(hex(tag));
            byte[] commitment;
            if (ids == null) {
                commitment = mac(saltKey, "dl".getBytes(java.nio.charset.StandardCharsets.US_ASCII), tag);
            } else {
                ByteBuffer framed = ByteBuffer.allocate(1 << 16).put(mac(saltKey, tag));
                for (String id : ids) {
                    byte[] bytes = id.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    framed.putShort((short) bytes.length).put(bytes);
                }
                commitment = sha(Arrays.copyOf(framed.array(), framed.position()));
            }
            leaves.add(sha(new byte[] {0}, entry, commitment));
        }
        return sha(new byte[] {1}, contentRoot, tree(leaves));
    }

    private static byte[] tree(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int middle = Integer.highestOneBit(leaves.size() - 1);
        return sha(new byte[] {1}, tree(leaves.subList(0, middle)), tree(leaves.subList(middle, leaves.size())));
    }

    static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
