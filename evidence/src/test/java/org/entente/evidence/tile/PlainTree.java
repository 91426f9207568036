package org.entente.evidence.tile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.MerkleHash;

/** RFC 6962 section 2.1 and tlog-tiles, word by word, over entries that are all at hand. */
record PlainTree(List<Digest> leaves) {
    /** Entries that are all different, of different lengths, the empty one included. */
    static byte[] entry(long index) {
        return index == 0
                ? new byte[0]
                : ByteBuffer.allocate(8 + (int) (index % 7)).putLong(index).array();
    }

    static PlainTree of(long size) {
        return new PlainTree(LongStream.range(0, size)
                .mapToObj(index -> MerkleHash.leaf(entry(index)))
                .toList());
    }

    Digest root() {
        return root(leaves);
    }

    PlainTree first(int size) {
        return new PlainTree(leaves.subList(0, size));
    }

    static Digest root(List<Digest> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHash.empty();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = split(leaves.size());
        return MerkleHash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** PATH(m, D[n]) of section 2.1.1. */
    List<Digest> path(int index) {
        List<Digest> path = new ArrayList<>();
        path(index, leaves, path);
        return path;
    }

    private static void path(int index, List<Digest> leaves, List<Digest> path) {
        if (leaves.size() > 1) {
            int k = split(leaves.size());
            List<Digest> left = leaves.subList(0, k);
            List<Digest> right = leaves.subList(k, leaves.size());
            path(index < k ? index : index - k, index < k ? left : right, path);
            path.add(root(index < k ? right : left));
        }
    }

    private static int split(int size) {
        int k = 1;
        while (k * 2 < size) {
            k *= 2;
        }
        return k;
    }

    /** The files of the tree by their addresses, by the formula of section "Merkle Tree". */
    Map<String, byte[]> tiles() {
        Map<String, byte[]> files = new TreeMap<>();
        long subtree = 1;
        for (int level = 0; leaves.size() / subtree > 0; level++, subtree *= 256) {
            long hashes = leaves.size() / subtree;
            for (long from = 0; from < hashes; from += 256) {
                long end = Math.min(from + 256, hashes);
                ByteBuffer file = ByteBuffer.allocate((int) (end - from) * 32);
                for (long hash = from; hash < end; hash++) {
                    file.put(root(leaves.subList((int) (hash * subtree), (int) ((hash + 1) * subtree)))
                            .bytes());
                }
                files.put(address(Integer.toString(level), from / 256, end - from), file.array());
            }
        }
        return files;
    }

    /** The addresses of the bundles of a log of that size. */
    static Set<String> bundles(long size) {
        Set<String> addresses = new TreeSet<>();
        for (long from = 0; from < size; from += 256) {
            addresses.add(address("entries", from / 256, Math.min(256, size - from)));
        }
        return addresses;
    }

    private static String address(String level, long index, long width) {
        String digits = String.format("%03d", index);
        while (digits.length() % 3 != 0) {
            digits = "0" + digits;
        }
        StringBuilder address = new StringBuilder("tile/" + level);
        for (int at = 0; at < digits.length(); at += 3) {
            address.append(at + 3 < digits.length() ? "/x" : "/").append(digits, at, at + 3);
        }
        return address + (width == 256 ? "" : ".p/" + width);
    }
}
