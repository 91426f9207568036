package org.entente.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.entente.matching.index.Label;
import org.entente.matching.probe.ProbeFinding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A match that is wrong in any way is not measured. The findings are those of a small real match. */
final class PlantedCheckTest {
    private static final PlantedLists LISTS = new PlantedLists(200, 30);
    private static final List<ProbeFinding> FINDINGS = new ArrayList<>();

    @BeforeAll
    static void match(@TempDir Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        try (IndexHolder holder = new IndexHolder(folder.resolve("index"), random)) {
            holder.build(LISTS, Party.FIRST, words -> {});
            try (ListQuerier querier =
                    new ListQuerier(holder.shared(), holder.publicKey(), ListQuerier.Reading.HEADER, random)) {
                ListQuerier.Question question = querier.ask(LISTS.inputs(Party.SECOND, 0, LISTS.size()));
                byte[] answer = holder.answer(question.bytes(), question.ask());
                FINDINGS.addAll(querier.finish(question, answer));
            }
        }
    }

    private static void check(List<ProbeFinding> findings) throws BenchmarkFailed {
        PlantedCheck check = new PlantedCheck(LISTS);
        check.see(findings);
        check.requireExact(LISTS.size(), LISTS.common());
    }

    private static List<ProbeFinding> with(UnaryOperator<ProbeFinding> change) {
        List<ProbeFinding> changed = new ArrayList<>(FINDINGS);
        changed.replaceAll(change);
        return changed;
    }

    @Test
    void aTrueMatchPasses() {
        assertThat(FINDINGS).filteredOn(ProbeFinding.Hit.class::isInstance).hasSize(LISTS.common());
        assertThatCode(() -> check(FINDINGS)).doesNotThrowAnyException();
    }

    @Test
    void aDroppedLookUpFails() {
        for (int dropped : new int[] {0, LISTS.size() - 1}) {
            List<ProbeFinding> fewer = new ArrayList<>(FINDINGS);
            fewer.remove(dropped);
            assertThatThrownBy(() -> check(fewer))
                    .isInstanceOf(BenchmarkFailed.class)
                    .hasMessageContaining("199 were looked up");
        }
    }

    @Test
    void aHitToldAsAMissFails() {
        List<ProbeFinding> changed = with(
                finding -> finding instanceof ProbeFinding.Hit ? new ProbeFinding.NoHit(finding.input()) : finding);
        assertThatThrownBy(() -> check(changed)).isInstanceOf(BenchmarkFailed.class);
    }

    @Test
    void aMissToldAsAHitFails() {
        ProbeFinding.Hit hit = FINDINGS.stream()
                .filter(ProbeFinding.Hit.class::isInstance)
                .map(ProbeFinding.Hit.class::cast)
                .findFirst()
                .orElseThrow();
        List<ProbeFinding> changed = with(finding -> finding instanceof ProbeFinding.NoHit
                ? new ProbeFinding.Hit(finding.input(), PlantedLists.label(finding.input()), hit.place())
                : finding);
        assertThatThrownBy(() -> check(changed)).isInstanceOf(BenchmarkFailed.class);
    }

    @Test
    void anotherLabelFails() {
        List<ProbeFinding> changed = with(finding -> finding instanceof ProbeFinding.Hit hit
                ? new ProbeFinding.Hit(hit.input(), new Label(7, 255, true, false, 20_000), hit.place())
                : finding);
        assertThatThrownBy(() -> check(changed)).isInstanceOf(BenchmarkFailed.class);
    }

    @Test
    void aHitToldTwiceFails() {
        List<ProbeFinding> changed = new ArrayList<>(FINDINGS);
        changed.set(1, changed.getFirst());
        assertThatThrownBy(() -> check(changed)).isInstanceOf(BenchmarkFailed.class);
    }
}
