package org.entente.node.comparison;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.message.Comparison;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.matching.probe.ProbeQuery;
import org.entente.matching.probe.QueryOpening;

/**
 * What an officer asked, as oversight carries it away: the batch that was sent and its opening. Whoever has the signed statement checks it
 * against that alone, with no node.
 *
 * <p>{@code ENTPRO} CR LF ‖ version 1 (4) ‖ statement (32) ‖ length of the batch (4) ‖ batch ‖ opening, to the end (docs/spec/matching.md, 4.1).
 */
public final class OpenedProbe {
    /** Greatest length of a file: 65,536 positions of the longest inputs. */
    public static final int BYTES_MAX = 1 << 27;

    private static final byte[] MAGIC = {'E', 'N', 'T', 'P', 'R', 'O', '\r', '\n'};
    private static final int VERSION = 1;

    private final Digest statement;
    private final byte[] batch;
    private final byte[] opening;

    private OpenedProbe(Digest statement, byte[] batch, byte[] opening) {
        this.statement = statement;
        this.batch = batch;
        this.opening = opening;
    }

    static byte[] bytes(Digest statement, ProbeQuery query) {
        byte[] batch = query.batchBytes();
        byte[] opening = query.opening().exportSecret();
        return ByteBuffer.allocate(MAGIC.length + 4 + Digest.LENGTH + 4 + batch.length + opening.length)
                .put(MAGIC)
                .putInt(VERSION)
                .put(statement.bytes())
                .putInt(batch.length)
                .put(batch)
                .put(opening)
                .array();
    }

    /** Reads the form of a file; refuses with {@code comparison.opening-unreadable}. */
    public static OpenedProbe parse(byte[] bytes) throws Malformed {
        if (bytes.length > BYTES_MAX) {
            throw unreadable();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            if (!Arrays.equals(magic, MAGIC) || in.getInt() != VERSION) {
                throw unreadable();
            }
            byte[] statement = new byte[Digest.LENGTH];
            in.get(statement);
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw unreadable();
            }
            byte[] batch = new byte[length];
            in.get(batch);
            byte[] opening = new byte[in.remaining()];
            in.get(opening);
            return new OpenedProbe(Digest.ofBytes(statement), batch, opening);
        } catch (BufferUnderflowException e) {
            throw unreadable();
        }
    }

    /** The statement that it says it opens. */
    public Digest statement() {
        return statement;
    }

    /**
     * Recomputes every position, padding included, against what the statement committed to.
     *
     * @param signed the id of the statement, whose signature the caller has verified
     * @return what stands at each position of the batch
     * @throws Malformed {@code comparison.opening-…}: nothing of it is shown then
     */
    public List<MatchInput> verify(Digest signed, Comparison.ProbeAsked asked) throws Malformed {
        if (!statement.equals(signed)) {
            throw new Malformed("comparison.opening-other-probe", statement.hex());
        }
        ProbeBatch sent;
        try {
            sent = ProbeBatch.parse(batch);
        } catch (MalformedBatch e) {
            throw new Malformed("comparison.opening-other-batch");
        }
        if (!Arrays.equals(sent.digest().bytes(), asked.batch().digest().bytes())
                || sent.count() != asked.batch().elements()) {
            throw new Malformed("comparison.opening-other-batch");
        }
        QueryOpening opened = opening();
        if (opened.inputs().size() != sent.count()) {
            throw new Malformed(
                    "comparison.opening-positions",
                    Integer.toString(opened.inputs().size()),
                    Integer.toString(sent.count()));
        }
        var root = org.entente.matching.index.Digest.of(asked.batch().inputs().bytes());
        return switch (opened.verify(root, sent)) {
            case QueryOpening.Check.Opened _ -> opened.inputs();
            case QueryOpening.Check.OtherRoot _ -> throw new Malformed("comparison.opening-other-root");
            case QueryOpening.Check.OtherElement other ->
                throw new Malformed("comparison.opening-other-element", Integer.toString(other.position() + 1));
        };
    }

    private QueryOpening opening() throws Malformed {
        try {
            return QueryOpening.parse(opening);
        } catch (MalformedBatch e) {
            throw e.reason() == MalformedBatch.Reason.INPUT
                    ? new Malformed("comparison.opening-disguised", Integer.toString(e.position() + 1))
                    : unreadable();
        }
    }

    private static Malformed unreadable() {
        return new Malformed("comparison.opening-unreadable");
    }
}
