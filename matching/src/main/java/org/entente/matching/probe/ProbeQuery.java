package org.entente.matching.probe;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.Destroyable;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalars;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.ProofCheck;
import org.entente.matching.oprf.Voprf;

/**
 * The querier's side of one probe: its batch, its commitment and its secrets. Inputs and padding stand in random order in the batch, so the
 * responder learns the padded count and nothing else.
 */
public final class ProbeQuery implements Destroyable {
    private final QueryOpening opening;
    private final Elements blinded;
    private final byte[] batchBytes;
    private final Digest batchDigest;

    private ProbeQuery(QueryOpening opening) {
        this.opening = opening;
        this.blinded = opening.blinded();
        this.batchBytes = ProbeBatch.bytes(blinded);
        this.batchDigest = Digest.sha256(batchBytes);
    }

    /**
     * Blinds inputs; none at all is allowed, so that a quiet day looks like any other.
     *
     * @param padTo the batch has a multiple of this many elements, at least one multiple, at most 65,536 elements
     */
    public static ProbeQuery prepare(List<MatchInput> inputs, int padTo, SecureRandom random) {
        if (padTo < 1 || inputs.stream().anyMatch(MatchInput::isPadding)) {
            throw new IllegalArgumentException("nothing to pad to, or padding among the inputs");
        }
        long padded = (long) Math.max(1, Math.ceilDiv(inputs.size(), padTo)) * padTo;
        if (padded > Voprf.BATCH_ELEMENTS_MAX) {
            throw new IllegalArgumentException("a batch has at most 65536 elements, not " + padded);
        }
        int count = (int) padded;
        int[] ordinals = new int[count];
        for (int n = 0; n < count; n++) {
            ordinals[n] = n < inputs.size() ? n : QueryOpening.PADDING;
        }
        shuffle(ordinals, random);
        List<MatchInput> placed = new ArrayList<>(count);
        for (int ordinal : ordinals) {
            placed.add(ordinal == QueryOpening.PADDING ? MatchInput.padding(random) : inputs.get(ordinal));
        }
        byte[] salts = new byte[count * QueryOpening.SALT_BYTES];
        random.nextBytes(salts);
        return new ProbeQuery(new QueryOpening(ordinals, salts, placed, Scalars.random(count, random)));
    }

    /** Goes on with a probe after a restart; the batch is the same to the bit. */
    public static ProbeQuery resume(QueryOpening opening) {
        return new ProbeQuery(opening);
    }

    private static void shuffle(int[] values, SecureRandom random) {
        for (int n = values.length - 1; n > 0; n--) {
            int other = random.nextInt(n + 1);
            int value = values[n];
            values[n] = values[other];
            values[other] = value;
        }
    }

    /** What is sent, see {@link ProbeBatch}. */
    public byte[] batchBytes() {
        return batchBytes.clone();
    }

    public Digest batchDigest() {
        return batchDigest;
    }

    /** Stands in the signed statement beside the digest of the batch. */
    public Digest commitmentRoot() {
        return opening.commitmentRoot();
    }

    /** For oversight, and for the key store until the answer is there. */
    public QueryOpening opening() {
        return opening;
    }

    /**
     * Checks an answer, unblinds, and looks up.
     *
     * @param announcedPublicKey from the logged statement, not from the answer
     * @param ask digest of the statement that asked
     * @throws DamagedIndex when a block of the index that is looked into is not the announced one; nothing was found or not found then
     */
    public ProbeResult finish(byte[] answerBytes, Element announcedPublicKey, Digest ask, IndexSeries index)
            throws DamagedIndex {
        if (!index.generation(0).publicKey().equals(announcedPublicKey)) {
            return new ProbeResult.AnswerRefused(AnswerRefusal.OTHER_INDEX);
        }
        ProbeAnswer answer;
        try {
            answer = ProbeAnswer.parse(answerBytes);
        } catch (MalformedBatch e) {
            return new ProbeResult.AnswerRefused(
                    switch (e.reason()) {
                        case NOT_THIS_MESSAGE, COUNT, LENGTH, INPUT -> AnswerRefusal.MALFORMED;
                        case NOT_CANONICAL -> AnswerRefusal.NOT_CANONICAL;
                        case IDENTITY -> AnswerRefusal.IDENTITY;
                    });
        }
        return switch (answer.check(batchDigest, blinded, announcedPublicKey, ask)) {
            case ProbeAnswer.AnswerCheck.Rejected rejected -> new ProbeResult.AnswerRefused(rejected.reason());
            case ProbeAnswer.AnswerCheck.Accepted accepted -> lookUp(accepted.proven(), index);
        };
    }

    private ProbeResult lookUp(ProofCheck.Proven proven, IndexSeries index) throws DamagedIndex {
        byte[] outputs = Voprf.finish(MatchInput.pack(opening.inputs()), opening.blinds(), proven);
        List<ProbeFinding> findings = new ArrayList<>();
        List<Evaluated> evaluated = new ArrayList<>();
        for (int position : opening.positions()) {
            Evaluated one = Evaluated.of(opening.inputs().get(position), outputs, position * Voprf.OUTPUT_BYTES);
            findings.add(one.find(index));
            evaluated.add(one);
        }
        Arrays.fill(outputs, (byte) 0);
        return new ProbeResult.Found(findings, evaluated);
    }

    @Override
    public void destroy() {
        opening.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return opening.blinds().isDestroyed();
    }

    @Override
    public String toString() {
        return "ProbeQuery[redacted, " + blinded.count() + "]";
    }
}
