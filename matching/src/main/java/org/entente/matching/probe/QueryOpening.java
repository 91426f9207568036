package org.entente.matching.probe;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.entente.matching.index.Digest;
import org.entente.matching.index.MatchInput;
import org.entente.matching.index.MerkleTree;
import org.entente.matching.oprf.Voprf;

/**
 * What a querier committed to, position by position: salt, input, blind. It is the querier's secret until oversight asks for
 * it, and all that is needed to resume a probe after a restart. Prints only its count.
 *
 * <p>leaf = SHA-256(0x00 ‖ salt (32) ‖ position (4) ‖ input ‖ blind (32)); the root is that of RFC 6962 over the leaves in order.
 */
public final class QueryOpening {
    /** "EPO" and the version 1. */
    static final int KIND = 'E' << 24 | 'P' << 16 | 'O' << 8 | 1;

    static final int SALT_BYTES = 32;
    /** In place of an ordinal: the position is padding. */
    static final int PADDING = -1;

    private final int[] ordinals;
    private final byte[] salts;
    private final List<MatchInput> inputs;
    private final Scalars blinds;

    QueryOpening(int[] ordinals, byte[] salts, List<MatchInput> inputs, Scalars blinds) {
        this.ordinals = ordinals;
        this.salts = salts;
        this.inputs = List.copyOf(inputs);
        this.blinds = blinds;
    }

    /** What an opening shows to oversight. */
    public sealed interface Check {
        /** These were the questions, in the officer's order; all other positions were padding. */
        record Opened(List<MatchInput> asked) implements Check {
            public Opened {
                asked = List.copyOf(asked);
            }
        }

        /** The opening is not what the root of the statement commits to. */
        record OtherRoot() implements Check {}

        /** The batch of the statement does not hold blind · H(input) at this position. */
        record OtherElement(int position) implements Check {}
    }

    /** Checks the opening of every position against the root and the batch that the signed statement names. */
    public Check verify(Digest root, ProbeBatch batch) {
        if (!root.equals(commitmentRoot())) {
            return new Check.OtherRoot();
        }
        if (batch.count() != inputs.size()) {
            return new Check.OtherElement(Math.min(batch.count(), inputs.size()));
        }
        Elements recomputed = blinded();
        if (!Arrays.equals(recomputed.encode(), batch.blinded().encode())) {
            for (int n = 0; n < inputs.size(); n++) {
                if (!recomputed.at(n).equals(batch.blinded().at(n))) {
                    return new Check.OtherElement(n);
                }
            }
        }
        return new Check.Opened(asked());
    }

    /** Root over one leaf for each position. */
    public Digest commitmentRoot() {
        byte[] leaves = new byte[inputs.size() * Digest.BYTES];
        for (int n = 0; n < inputs.size(); n++) {
            Digest leaf = Digest.sha256(
                    new byte[] {0},
                    Arrays.copyOfRange(salts, n * SALT_BYTES, (n + 1) * SALT_BYTES),
                    ByteBuffer.allocate(4).putInt(n).array(),
                    inputs.get(n).bytes(),
                    blinds.at(n).encode());
            System.arraycopy(leaf.bytes(), 0, leaves, n * Digest.BYTES, Digest.BYTES);
        }
        return new MerkleTree(leaves).root();
    }

    Elements blinded() {
        return Voprf.blind(MatchInput.pack(inputs), blinds);
    }

    /** What stands at each position, padding included; true only after {@link #verify}. */
    public List<MatchInput> inputs() {
        return inputs;
    }

    Scalars blinds() {
        return blinds;
    }

    /** Positions of the questions in the officer's order. */
    int[] positions() {
        int asked = (int) Arrays.stream(ordinals).filter(n -> n != PADDING).count();
        int[] positions = new int[asked];
        for (int n = 0; n < ordinals.length; n++) {
            if (ordinals[n] != PADDING) {
                positions[ordinals[n]] = n;
            }
        }
        return positions;
    }

    private List<MatchInput> asked() {
        return Arrays.stream(positions()).mapToObj(inputs::get).toList();
    }

    /** kind (4) ‖ count (4) ‖ for each position: ordinal (4; -1 is padding) ‖ salt (32) ‖ blind (32) ‖ length (2) ‖ input. Secret. */
    public byte[] exportSecret() {
        List<byte[]> encoded = inputs.stream().map(MatchInput::bytes).toList();
        int inputBytes = encoded.stream().mapToInt(input -> input.length).sum();
        int fixed = 4 + SALT_BYTES + Scalar.BYTES + 2;
        byte[] message = new byte[Wire.HEAD_BYTES + inputs.size() * fixed + inputBytes];
        ByteBuffer out = Wire.begin(message, KIND, inputs.size());
        for (int n = 0; n < inputs.size(); n++) {
            out.putInt(ordinals[n]).put(salts, n * SALT_BYTES, SALT_BYTES);
            out.put(blinds.at(n).encode())
                    .putShort((short) encoded.get(n).length)
                    .put(encoded.get(n));
        }
        return message;
    }

    /** Reads what {@link #exportSecret} wrote. */
    public static QueryOpening parse(byte[] bytes) throws MalformedBatch {
        int count = Wire.count(bytes, KIND);
        if (bytes.length / count < 4 + SALT_BYTES + Scalar.BYTES + 2) {
            throw new MalformedBatch(MalformedBatch.Reason.LENGTH, 0);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(Wire.HEAD_BYTES);
        int[] ordinals = new int[count];
        byte[] salts = new byte[count * SALT_BYTES];
        Scalar[] blinds = new Scalar[count];
        List<MatchInput> inputs = new ArrayList<>(count);
        try {
            for (int n = 0; n < count; n++) {
                int position = n;
                ordinals[n] = in.getInt();
                in.get(salts, n * SALT_BYTES, SALT_BYTES);
                blinds[n] = blind(in, n);
                byte[] input = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)];
                in.get(input);
                inputs.add(MatchInput.decode(input)
                        .orElseThrow(() -> new MalformedBatch(MalformedBatch.Reason.INPUT, position)));
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedBatch(MalformedBatch.Reason.LENGTH, inputs.size());
        }
        if (in.hasRemaining()) {
            throw new MalformedBatch(MalformedBatch.Reason.LENGTH, count);
        }
        requireOrdinals(ordinals, inputs);
        return new QueryOpening(ordinals, salts, inputs, Scalars.of(blinds));
    }

    private static Scalar blind(ByteBuffer in, int position) throws MalformedBatch {
        byte[] bytes = new byte[Scalar.BYTES];
        in.get(bytes);
        try {
            Scalar blind = Scalar.decode(bytes);
            if (blind.isZero()) {
                throw new MalformedBatch(MalformedBatch.Reason.IDENTITY, position);
            }
            return blind;
        } catch (EncodingRefused e) {
            throw new MalformedBatch(MalformedBatch.Reason.NOT_CANONICAL, position);
        }
    }

    /** Ordinals 0 … k-1 stand once each, and exactly padding has none: no question can be passed off as padding. */
    private static void requireOrdinals(int[] ordinals, List<MatchInput> inputs) throws MalformedBatch {
        Set<Integer> seen = new HashSet<>();
        long asked = inputs.stream().filter(input -> !input.isPadding()).count();
        for (int n = 0; n < ordinals.length; n++) {
            boolean padding = ordinals[n] == PADDING;
            if (padding != inputs.get(n).isPadding()
                    || (!padding && (ordinals[n] < 0 || ordinals[n] >= asked || !seen.add(ordinals[n])))) {
                throw new MalformedBatch(MalformedBatch.Reason.INPUT, n);
            }
        }
    }

    void destroy() {
        blinds.destroy();
        Arrays.fill(salts, (byte) 0);
    }

    @Override
    public String toString() {
        return "QueryOpening[redacted, " + inputs.size() + "]";
    }
}
