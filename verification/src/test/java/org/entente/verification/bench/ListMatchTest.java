package org.entente.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListMatchTest {
    private static final PlantedLists LISTS = new PlantedLists(300, 40);

    @TempDir
    private Path folder;

    @Test
    void bothDirectionsFindWhatWasPlantedAndCountWhatPasses() throws IOException {
        for (Party holding : Party.values()) {
            ListMatch match = new ListMatch(LISTS, holding, words -> {});
            match.play(folder.resolve("match"), new SecureRandom());
            // 300 identifiers are padded to 320: head and elements, and for an answer digests, key and two proofs with
            // them.
            assertThat(match.costs().sentBytes(holding.other())).isEqualTo(8 + 320 * 32);
            assertThat(match.costs().sentBytes(holding)).isGreaterThan(320 * 23 + 8 + 320 * 32);
            assertThat(match.costs().processorSeconds(holding)).isPositive();
            assertThat(match.buildProcessorSeconds())
                    .isLessThanOrEqualTo(match.costs().processorSeconds(holding));
        }
    }

    @Test
    void nothingIsLeftOnTheDisk() throws IOException {
        new ListMatch(LISTS, Party.SECOND, words -> {}).play(folder.resolve("match"), new SecureRandom());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theListsShareWhatTheySayAndNothingElse() {
        assertThat(LISTS.inputs(Party.FIRST, 0, LISTS.size()))
                .filteredOn(LISTS::isCommon)
                .hasSize(40);
        assertThat(LISTS.inputs(Party.SECOND, 0, LISTS.size()))
                .filteredOn(LISTS::isCommon)
                .containsExactlyElementsOf(LISTS.inputs(Party.FIRST, 260, 300));
        assertThat(LISTS.inputs(Party.SECOND, 0, LISTS.size()))
                .filteredOn(input -> LISTS.inputs(Party.FIRST, 0, LISTS.size()).contains(input))
                .hasSize(40);
    }

    @Test
    void aDiskWithoutRoomIsToldOf() throws IOException {
        assertThat(Folders.lacking(folder, 1)).isEmpty();
        assertThat(Folders.lacking(folder, Long.MAX_VALUE)).contains("MiB on the disk of " + folder);
    }
}
