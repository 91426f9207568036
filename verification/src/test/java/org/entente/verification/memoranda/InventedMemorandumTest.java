package org.entente.verification.memoranda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented memoranda are what they are said to be. */
final class InventedMemorandumTest {
    private static final int SEEDS = 12;

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 80, 160})
    void everySizeIsReadAndHasWhatItsShapeSays(int clauses) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Memorandum memorandum = InventedMemorandum.of(Shape.USUAL.withClauses(clauses), seed)
                    .read();
            assertThat(memorandum.clauses()).as("seed %d", seed).hasSize(clauses);
            assertThat(memorandum.parties()).hasSize(5);
            assertThat(memorandum.parties().values().stream()
                            .mapToInt(party -> party.authorities().size())
                            .sum())
                    .isEqualTo(60);
            assertThat(memorandum.brokenPromises()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void authoritiesAreOfSeveralKindsAndTerritories() {
        Memorandum memorandum = InventedMemorandum.of(Shape.USUAL, 1).read();
        memorandum.parties().values().forEach(party -> {
            assertThat(party.authorities().values().stream().map(authority -> authority.kind()))
                    .satisfies(kinds -> assertThat(Set.copyOf(kinds)).hasSizeGreaterThan(5));
            assertThat(party.authorities().values().stream().map(authority -> authority.territory()))
                    .satisfies(places -> assertThat(Set.copyOf(places)).hasSizeGreaterThan(3));
        });
        assertThat(memorandum.clausesOf(Terms.JointGroup.class)).hasSize(1);
        assertThat(memorandum.clausesOf(Terms.Reconcile.class)).isNotEmpty();
        assertThat(memorandum.clausesOf(Terms.Probe.class)).isNotEmpty();
        assertThat(memorandum.clausesOf(Terms.Release.class)).isNotEmpty();
    }

    @Test
    void theSameSeedGivesTheSameTextAndAnotherSeedAnother() {
        String text = InventedMemorandum.of(Shape.USUAL, 7).yaml();
        assertThat(InventedMemorandum.of(Shape.USUAL, 7).yaml()).isEqualTo(text);
        assertThat(InventedMemorandum.of(Shape.USUAL, 8).read().clauses())
                .isNotEqualTo(InventedMemorandum.of(Shape.USUAL, 7).read().clauses());
    }

    @Test
    void smallAndLargeShapesAreReadToo() {
        for (Shape shape : new Shape[] {
            new Shape(2, 2, 10),
            new Shape(2, 5, 30),
            new Shape(3, 20, 40),
            new Shape(12, 120, 60),
            new Shape(5, 250, 200)
        }) {
            for (long seed = 0; seed < SEEDS; seed++) {
                assertThat(InventedMemorandum.of(shape, seed).read().clauses())
                        .as("%s, seed %d", shape, seed)
                        .hasSize(shape.clauses());
            }
        }
        assertThatThrownBy(() -> new Shape(1, 5, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shape(5, 60, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shape(5, 60, 257)).isInstanceOf(IllegalArgumentException.class);
    }
}
