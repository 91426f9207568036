package org.entente.matching.index;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.oprf.Voprf;

/** Records, plans, and outputs that are made by a hash alone: everything of an index but the arithmetic. */
final class IndexFixture {
    static final Digest ANNOUNCEMENT = Digest.sha256(new byte[] {9});

    private IndexFixture() {}

    static IndexPlan plan(int step, int minimum) {
        return new IndexPlan(ANNOUNCEMENT, 4, step, minimum, Comparator.comparingInt(Label::listStatus));
    }

    static Label label(int status) {
        return new Label(7, status, false, false, 20_000);
    }

    static MatchInput input(int n) {
        return new MatchInput("vin", 1, "V" + n);
    }

    static IndexRecord record(int n) {
        return new IndexRecord(input(n), label(n % 256), "record-" + n);
    }

    static List<IndexRecord> records(int count) {
        List<IndexRecord> records = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            records.add(record(n));
        }
        return records;
    }

    /** Outputs by SHA-512: uniform, as those of the key are. */
    static final IndexEvaluation HASHED = new IndexEvaluation() {
        @Override
        public Element publicKey() {
            return Element.generator();
        }

        @Override
        public byte[] outputs(List<MatchInput> inputs) {
            MessageDigest sha = sha512();
            byte[] outputs = new byte[inputs.size() * Voprf.OUTPUT_BYTES];
            for (int n = 0; n < inputs.size(); n++) {
                byte[] output = sha.digest(inputs.get(n).bytes());
                System.arraycopy(output, 0, outputs, n * Voprf.OUTPUT_BYTES, Voprf.OUTPUT_BYTES);
            }
            return outputs;
        }
    };

    static byte[] output(MatchInput input) {
        return HASHED.outputs(List.of(input));
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
