package org.entente.verification.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeFinding;
import org.entente.matching.probe.ProbeQuery;
import org.entente.matching.probe.ProbeResult;

/** Who asks: blinds batches, checks answers, and looks up in the partner's index, which is mapped. */
final class ListQuerier implements AutoCloseable {
    /** Elements in a batch, as a node sends a whole list. */
    static final int BATCH_ELEMENTS = 16_384;

    private static final int PADDING_STEP = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment file;
    private final Element publicKey;
    private final SecureRandom random;
    private final IndexSeries index;

    /** Maps the file and opens it. */
    ListQuerier(Path shared, Element publicKey, Reading reading, SecureRandom random) throws IOException {
        this.publicKey = publicKey;
        this.random = random;
        try (FileChannel channel = FileChannel.open(shared)) {
            file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        try {
            index = IndexSeries.of(
                    switch (reading) {
                        case WHOLE -> MatchIndex.open(file, 1);
                        case HEADER -> MatchIndex.reopen(file);
                    });
        } catch (DamagedIndex damaged) {
            throw new BenchmarkFailed("the index does not open: " + damaged.getMessage());
        }
    }

    /** How much of an index is read when it is opened. */
    enum Reading {
        /** All of it, as when it has just come. */
        WHOLE,
        /** Its header; each block is checked when a look-up first touches it. */
        HEADER
    }

    /** A batch that is out, with what only the querier knows of it. */
    record Question(ProbeQuery query, Digest ask) {
        /** What is sent. */
        byte[] bytes() {
            return query.batchBytes();
        }
    }

    /** Blinds, pads and commits. */
    Question ask(List<MatchInput> inputs) {
        ProbeQuery query = ProbeQuery.prepare(inputs, PADDING_STEP, random);
        return new Question(query, query.commitmentRoot());
    }

    /** Checks the proofs, unblinds and looks up. */
    List<ProbeFinding> finish(Question question, byte[] answer) throws BenchmarkFailed {
        try {
            ProbeResult result = question.query().finish(answer, publicKey, question.ask(), index);
            question.query().destroy();
            return switch (result) {
                case ProbeResult.Found found -> found.findings();
                case ProbeResult.AnswerRefused refused ->
                    throw new BenchmarkFailed("the querier refused an honest answer: " + refused.reason());
            };
        } catch (DamagedIndex damaged) {
            throw new BenchmarkFailed("a block of the index is damaged: " + damaged.getMessage());
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
