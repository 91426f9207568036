package org.entente.evidence.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PinnedCards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attack of the tables is refused by the check that names it, and what it started from is not. */
final class AttackTest {
    static Stream<Attack<?>> attacks() {
        return Stream.of(
                        StatementAttacks.all(),
                        DocumentAttacks.all(),
                        CardAttacks.all(),
                        CertificateAttacks.all(),
                        NoteAttacks.all(),
                        ProofAttacks.all(),
                        TileAttacks.all(),
                        WitnessAttacks.all(),
                        MisbehaviourAttacks.all(),
                        BundleAttacks.all(),
                        ApprovalAttacks.all(),
                        TimeStampAttacks.all())
                .flatMap(table -> table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void anAttackIsRefusedByTheCheckThatNamesIt(Attack<?> attack) throws Malformed {
        attack.carryOut();
    }

    @Test
    void thereAreManyAttacksAndNoneStandsTwice() {
        List<String> names = attacks().map(Attack::name).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
    }

    /** It is no lie, and no proof either: the party has other keys by now. */
    @Test
    void aBundleUnderAnOlderCardThanThePinnedOneProvesNotWhoSigned() {
        PinnedCards newer = PinnedCards.of(List.of(Forge.MX.card(2), Forge.US.card(2)));
        byte[] file = BundleAttacks.STORY.bundle().bytes();
        assertThat(BundleVerification.verify(file, newer)).isInstanceOf(BundleOutcome.ConsistentButUnpinned.class);
    }

    /** What is refused for another context is not refused for its randomness: FIPS 204 leaves that to the signer. */
    @Test
    void aHedgedSignatureIsTaken() throws Malformed {
        StatementAttacks.verify(StatementAttacks.hedged());
    }

    @Test
    void whatRefusesAnAttackHasASentenceInBothLanguages() throws IOException {
        for (String language : List.of("en", "es")) {
            Properties sentences = sentences(language);
            assertThat(attacks().map(Attack::code))
                    .allSatisfy(code -> assertThat(sentences.getProperty(code))
                            .as(language + " " + code)
                            .isNotBlank());
        }
    }

    private static Properties sentences(String language) throws IOException {
        Properties sentences = new Properties();
        String name = "/org/entente/evidence/problems_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(AttackTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            sentences.load(reader);
        }
        return sentences;
    }
}
