package org.entente.casework.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.entente.casework.cases.CaseTimeline.Entry;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;

class CaseTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final AuthorityCode UIF = new AuthorityCode(new PartyCode("MX"), "UIF");
    private static final AuthorityCode FGR = new AuthorityCode(new PartyCode("MX"), "FGR");
    private static final AuthorityCode FINCEN = new AuthorityCode(new PartyCode("US"), "FINCEN");
    private static final Purpose DRUGS = new Purpose("drug-trafficking");
    private static final Category COMPANY = new Category("company");
    private static final Digest MEMORANDUM = digest(1);
    private static final Case.Open OPEN = new Case.Open(new Case.Opening(
            new CaseReference("UIF/2026-117"), MEMORANDUM, DRUGS, new Case.Opener(UIF, "analyst.7"), NOON));

    @Test
    void workIsDoneUnderAnOpenCaseOfTheSamePurpose() {
        assertThat(check(OPEN, UIF, MEMORANDUM, DRUGS)).isEmpty();
        assertThat(check(OPEN, UIF, MEMORANDUM, new Purpose("money-laundering")))
                .isEqualTo("casework.case-other-purpose[UIF/2026-117, drug-trafficking, money-laundering]");
        assertThat(check(OPEN, UIF, digest(2), DRUGS)).isEqualTo("casework.case-other-memorandum[UIF/2026-117]");
        assertThat(check(OPEN.close(NOON), UIF, MEMORANDUM, DRUGS)).isEqualTo("casework.case-closed[UIF/2026-117]");
    }

    @Test
    void nobodyLearnsOfAnotherAuthoritysCase() {
        assertThat(check(OPEN, FGR, MEMORANDUM, DRUGS)).isEqualTo("casework.case-unknown");
        assertThat(check(OPEN.close(NOON), FGR, MEMORANDUM, DRUGS)).isEqualTo("casework.case-unknown");
    }

    @Test
    void theDigestHidesTheReferenceAndTellsCasesApart() {
        CaseReference reference = OPEN.opening().reference();
        byte[] salt = digest(3).bytes();
        assertThat(reference.digest(salt)).isEqualTo(reference.digest(salt.clone()));
        assertThat(reference.digest(salt))
                .isNotEqualTo(reference.digest(digest(4).bytes()));
        assertThat(reference.digest(salt)).isNotEqualTo(new CaseReference("UIF/2026-118").digest(salt));
        assertThatThrownBy(() -> reference.digest(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        for (String bad : List.of("", " x", "x ", "a\nb", "a".repeat(65), "x;y", "-1")) {
            assertThatThrownBy(() -> CaseReference.parse(bad)).as(bad).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void everyOrderOfTellingGivesOneTimeLine() {
        List<Entry> events = List.of(
                new Entry.Probed(NOON, digest(10), COMPANY, 64),
                new Entry.Hit(NOON, digest(11), COMPANY, NOON.plusSeconds(100), Optional.empty()),
                new Entry.Requested(NOON.plusSeconds(5), digest(12), COMPANY),
                new Entry.Received(NOON.plusSeconds(9), digest(13), contribution()));
        CaseTimeline expected = fold(events);
        for (long seed = 0; seed < 100L * DEPTH; seed++) {
            List<Entry> told = new ArrayList<>(events);
            told.addAll(events.subList(0, (int) (seed % 4)));
            Collections.shuffle(told, new Random(seed));
            assertThat(fold(told)).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(expected.contributions()).containsExactly(contribution());
    }

    @Test
    void unconfirmedHitsGoOnTheirDayAndConfirmedOnesStay() {
        Entry.Hit lead = new Entry.Hit(NOON, digest(11), COMPANY, NOON.plusSeconds(100), Optional.empty());
        CaseTimeline timeline = fold(List.of(lead));
        assertThat(timeline.erasedAt(NOON.plusSeconds(99)).entries()).containsExactly(lead);
        assertThat(timeline.erasedAt(NOON.plusSeconds(100)).entries()).isEmpty();
        Entry.Hit confirmed = new Entry.Hit(NOON, digest(11), COMPANY, NOON.plusSeconds(100), Optional.of("analyst.7"));
        assertThat(timeline.with(confirmed).erasedAt(NOON.plusSeconds(100)).entries())
                .containsExactly(confirmed);
    }

    @Test
    void aReceivedItemStaysItsOriginators() {
        for (Contribution.Use use : Contribution.Use.values()) {
            assertThat(contribution().refusal(use, Set.of())).isPresent();
            assertThat(contribution().refusal(use, Set.of(use))).isEmpty();
        }
        assertThat(contribution().refusal(Contribution.Use.EXPORT, Set.of(Contribution.Use.SHOW)))
                .isPresent();
    }

    private static CaseTimeline fold(List<Entry> events) {
        CaseTimeline timeline = CaseTimeline.empty(OPEN.opening().reference());
        for (Entry event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    private static Contribution contribution() {
        return new Contribution(
                digest(20), digest(13), FINCEN, new Handling(Handling.Code.H1, Handling.Audience.AMBER));
    }

    private static String check(Case found, AuthorityCode by, Digest memorandum, Purpose purpose) {
        return switch (CaseCheck.of(found, new CaseCheck.Wanted(by, memorandum, purpose))) {
            case CaseCheck.Covered _ -> "";
            case CaseCheck.NotCovered no -> no.problem().toString();
        };
    }

    private static Digest digest(int number) {
        return Digest.of(new byte[] {(byte) number});
    }
}
