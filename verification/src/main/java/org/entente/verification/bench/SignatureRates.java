package org.entente.verification.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.conscrypt.Conscrypt;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Part {@code signatures}: how many signatures one thread makes and verifies in a second of its own processor time, by
 * this project's keys and, beside them, by what other providers of the platform would give. Messages have 2 KiB, as a statement's
 * header and payload have, and no two are the same: how often ML-DSA has to try depends on the message.
 */
final class SignatureRates implements Part {
    private static final int REPETITIONS = 7;
    private static final int REPETITIONS_QUICK = 3;
    private static final long LASTS_NANOS = 700_000_000;
    private static final long LASTS_NANOS_QUICK = 150_000_000;
    private static final int MESSAGE_BYTES = 2_048;

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("signatures");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of();
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws IOException {
        try {
            Map<String, Callable<Boolean>> works = works();
            int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
            for (int n = 0; n <= repetitions; n++) {
                progress.at(n == 0 ? "warming up" : "repetition " + n + " of " + repetitions);
                for (Map.Entry<String, Callable<Boolean>> work : works.entrySet()) {
                    double rate = rate(work.getValue(), extent.quick() ? LASTS_NANOS_QUICK : LASTS_NANOS);
                    if (n > 0) {
                        book.of(work.getKey(), "/s").add(rate);
                    }
                }
            }
        } catch (Exception wrong) {
            throw new BenchmarkFailed("a signature could not be made or does not verify: " + wrong);
        }
        return new Benchmark.Measured(book.all(), List.of());
    }

    private static double rate(Callable<Boolean> work, long lastsNanos) throws Exception {
        long done = 0;
        long begun = System.nanoTime();
        double taken = 0;
        while (System.nanoTime() - begun < lastsNanos) {
            boolean[] good = {true};
            taken += Stopwatch.of(() -> good[0] = eight(work)).processorNanos();
            done += 8;
            if (!good[0]) {
                throw new BenchmarkFailed("it does not verify");
            }
        }
        return done * 1e9 / taken;
    }

    private static boolean eight(Callable<Boolean> work) {
        boolean good = true;
        for (int n = 0; n < 8; n++) {
            try {
                good &= work.call();
            } catch (Exception wrong) {
                return false;
            }
        }
        return good;
    }

    private static Map<String, Callable<Boolean>> works() throws Exception {
        SecureRandom random = new SecureRandom();
        byte[] message = new byte[MESSAGE_BYTES];
        random.nextBytes(message);
        Map<String, Callable<Boolean>> works = new TreeMap<>();
        SecretKeys keys = SecretKeys.generate(random);
        byte[] signedMessage = message.clone();
        byte[] ed25519 = keys.signEd25519(message);
        byte[] mlDsa65 = keys.signMlDsa65(message);
        works.put("Ed25519, this project: sign", () -> keys.signEd25519(another(message)).length == ed25519.length);
        works.put(
                "Ed25519, this project: verify",
                () -> keys.publicKeys().ed25519().verifies(signedMessage, ed25519));
        works.put("ML-DSA-65, this project: sign", () -> keys.signMlDsa65(another(message)).length == mlDsa65.length);
        works.put(
                "ML-DSA-65, this project: verify",
                () -> keys.publicKeys().mlDsa65().verifies(signedMessage, mlDsa65));
        MlDsa44SecretKey cosigning = MlDsa44SecretKey.generate(random);
        byte[] mlDsa44 = cosigning.sign(message);
        works.put("ML-DSA-44, this project: sign", () -> cosigning.sign(another(message)).length == mlDsa44.length);
        works.put("ML-DSA-44, this project: verify", () -> cosigning.publicKey().verifies(signedMessage, mlDsa44));
        platform(works, "Ed25519, the platform's own", "SunEC", message);
        conscrypt(works, message);
        statements(works, keys);
        return works;
    }

    private static void statements(Map<String, Callable<Boolean>> works, SecretKeys keys) throws Exception {
        AtomicLong counter = new AtomicLong();
        byte[] signed = Statement.sign(draft(0), keys).bytes();
        works.put(
                "a statement: sign",
                () -> Statement.sign(draft(counter.incrementAndGet()), keys).bytes().length == signed.length);
        works.put(
                "a statement: read and verify",
                () -> Statement.parse(signed)
                                .verify(keys.publicKeys(), keys.publicKeys().kid())
                                .bytes()
                                .length
                        == signed.length);
    }

    private static StatementDraft draft(long number) {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("number", String.format(Locale.ROOT, "%020d", number))
                .put("statement", "0".repeat(1_000));
        return StatementDraft.of("receipt", new PartyCode("MX"), Instant.EPOCH, content);
    }

    /** Changes a message into one that was not signed before. */
    private static byte[] another(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        bytes.putLong(0, bytes.getLong(0) + 1);
        return message;
    }

    private static void platform(Map<String, Callable<Boolean>> works, String name, String provider, byte[] message)
            throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair();
        works(works, name, pair, Signature.getInstance("Ed25519", provider), message);
    }

    private static void conscrypt(Map<String, Callable<Boolean>> works, byte[] message)
            throws GeneralSecurityException {
        java.security.Provider provider = Conscrypt.newProvider();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair();
        works(works, "Ed25519, Conscrypt", pair, Signature.getInstance("Ed25519", provider), message);
    }

    private static void works(
            Map<String, Callable<Boolean>> works, String name, KeyPair pair, Signature signature, byte[] message)
            throws GeneralSecurityException {
        signature.initSign(pair.getPrivate());
        signature.update(message);
        byte[] signedMessage = message.clone();
        byte[] signed = signature.sign();
        works.put(name + ": sign", () -> {
            signature.initSign(pair.getPrivate());
            signature.update(another(message));
            return signature.sign().length == signed.length;
        });
        works.put(name + ": verify", () -> {
            signature.initVerify(pair.getPublic());
            signature.update(signedMessage);
            return signature.verify(signed);
        });
    }
}
