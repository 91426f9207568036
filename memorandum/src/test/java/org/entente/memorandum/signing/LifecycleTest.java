package org.entente.memorandum.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.RESUMED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.SIGNED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.SUSPENDED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.WITHDRAWN;

import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final Signer MX = new Signer("MX");
    private static final Signer US = new Signer("US");
    private static final Signer GT = new Signer("GT");
    private static final Memorandum TEXT = Example.memorandum();

    private static final LifecycleEvent MX_SIGNS = MX.declares(SIGNED, TEXT, "2026-02-01T10:00:00Z");
    private static final LifecycleEvent US_SIGNS = US.declares(SIGNED, TEXT, "2026-02-02T10:00:00Z");
    private static final LifecycleEvent MX_SUSPENDS = MX.declares(SUSPENDED, TEXT, "2026-03-01T10:00:00Z");
    private static final LifecycleEvent US_SUSPENDS = US.declares(SUSPENDED, TEXT, "2026-03-02T10:00:00Z");
    private static final LifecycleEvent MX_RESUMES = MX.declares(RESUMED, TEXT, "2026-03-03T10:00:00Z");
    private static final LifecycleEvent US_RESUMES = US.declares(RESUMED, TEXT, "2026-03-04T10:00:00Z");
    private static final LifecycleEvent US_WITHDRAWS = US.declares(WITHDRAWN, TEXT, "2026-04-01T10:00:00Z");

    @Test
    void itIsInForceWhenEveryPartyHasSignedInWhicheverOrder() {
        assertThat(standing(MX_SIGNS)).isInstanceOf(Standing.Signed.class);
        Instant last = Instant.parse("2026-02-02T10:00:00Z");
        assertThat(standing(MX_SIGNS, US_SIGNS)).isEqualTo(new Standing.InForce(TEXT, last));
        assertThat(standing(US_SIGNS, MX_SIGNS)).isEqualTo(new Standing.InForce(TEXT, last));
    }

    @Test
    void onePartySuspendsAtOnceAndEveryPartyResumes() {
        assertThat(standing(MX_SIGNS, US_SIGNS, MX_SUSPENDS)).isInstanceOf(Standing.Suspended.class);
        assertThat(standing(MX_SIGNS, US_SIGNS, MX_SUSPENDS, MX_RESUMES)).isInstanceOf(Standing.Suspended.class);
        assertThat(standing(MX_SIGNS, US_SIGNS, MX_SUSPENDS, MX_RESUMES, US_RESUMES))
                .isEqualTo(new Standing.InForce(
                        Course.begin(TEXT, Instant.parse("2026-02-02T10:00:00Z")),
                        Instant.parse("2026-03-04T10:00:00Z")));
        assertThat(standing(MX_SIGNS, US_SIGNS, MX_SUSPENDS, MX_RESUMES, US_SUSPENDS, US_RESUMES))
                .as("whoever suspends again takes back what was agreed")
                .isInstanceOf(Standing.Suspended.class);
    }

    @Test
    void aWithdrawalEndsItAfterTheNoticeOrAtOnceWhenSuspended() {
        assertThat(standing(MX_SIGNS, US_SIGNS, US_WITHDRAWS))
                .isInstanceOfSatisfying(
                        Standing.Withdrawn.class,
                        withdrawn -> assertThat(withdrawn.ends()).isEqualTo("2026-05-31T10:00:00Z"));
        assertThat(standing(MX_SIGNS, US_SIGNS, MX_SUSPENDS, US_WITHDRAWS))
                .isInstanceOfSatisfying(
                        Standing.Withdrawn.class,
                        withdrawn -> assertThat(withdrawn.ends()).isEqualTo(withdrawn.declared()));
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        refused("memorandum.signing.twice", MX_SIGNS, MX_SIGNS);
        refused("memorandum.signing.twice", MX_SIGNS, US_SIGNS, MX_SIGNS);
        refused("memorandum.signing.twice", MX_SIGNS, US_SIGNS, MX_SUSPENDS, US_SUSPENDS);
        refused("memorandum.signing.twice", MX_SIGNS, US_SIGNS, MX_SUSPENDS, MX_RESUMES, MX_RESUMES);
        refused("memorandum.signing.twice", MX_SIGNS, US_SIGNS, US_WITHDRAWS, US_WITHDRAWS);
        refused("memorandum.signing.out-of-order", MX_SUSPENDS);
        refused("memorandum.signing.out-of-order", MX_SIGNS, MX_SUSPENDS);
        refused("memorandum.signing.out-of-order", MX_SIGNS, US_WITHDRAWS);
        refused("memorandum.signing.out-of-order", MX_SIGNS, US_SIGNS, MX_RESUMES);
        refused("memorandum.signing.no-party-to-it", MX_SIGNS, GT.declares(SIGNED, TEXT, "2026-02-02T10:00:00Z"));
    }

    @Test
    void aSignatureOverAnotherTextOrUnderABrokenPromiseIsRefused() throws Malformed {
        Memorandum other = Memorandum.parseYaml(Example.yaml().replace("2048", "4096"));
        refused("memorandum.signing.other-digest", MX_SIGNS, US.declares(SIGNED, other, "2026-02-02T10:00:00Z"));
        Memorandum broken = Memorandum.parseYaml(Example.plain().replace("onward: with consent", "onward: freely"));
        var step = Lifecycle.apply(new Standing.Draft(broken), MX.declares(SIGNED, broken, "2026-02-02T10:00:00Z"));
        assertThat(step)
                .isInstanceOfSatisfying(
                        Lifecycle.Unmoved.class,
                        unmoved -> assertThat(unmoved.problem().code()).isEqualTo("memorandum.signing.promise-broken"));
    }

    @Test
    void everyPartySignsWhatTheFirstHadRead() throws Malformed {
        SignedTexts read = RenderedText.both(TEXT);
        SignedTexts otherWords = new SignedTexts(read.english(), read.english());
        LifecycleEvent other =
                LifecycleEvent.read(US.byRoot(US.signs(TEXT, otherWords, "2026-02-02T10:00:00Z")), US.card());
        refused("memorandum.signing.other-text", MX_SIGNS, other);
        assertThat(Lifecycle.fold(TEXT, List.of(MX_SIGNS, other, US_SIGNS)).standing())
                .as("it may sign the right ones afterwards")
                .isInstanceOf(Standing.InForce.class);
    }

    @Test
    void onlyTheRootSignsAndTheStatementKeysMaySuspend() throws Malformed {
        String at = "2026-02-02T10:00:00Z";
        StatementDraft signs = MX.drafts(SIGNED, TEXT, at);
        StatementDraft suspends = MX.drafts(SUSPENDED, TEXT, at);
        assertThatThrownBy(() -> LifecycleEvent.read(MX.byStatementKeys(signs), MX.card()))
                .hasMessageContaining("memorandum.signing.wrong-key");
        assertThatThrownBy(() -> LifecycleEvent.read(US.byRoot(signs), MX.card()))
                .hasMessageContaining("memorandum.signing.wrong-key");
        assertThatThrownBy(() -> LifecycleEvent.read(MX.byRoot(signs), US.card()))
                .hasMessageContaining("memorandum.signing.not-the-party");
        assertThat(LifecycleEvent.read(MX.byStatementKeys(suspends), MX.card()).kind())
                .isEqualTo(SUSPENDED);
    }

    private static Standing standing(LifecycleEvent... events) {
        Lifecycle.Outcome outcome = Lifecycle.fold(TEXT, List.of(events));
        assertThat(outcome.refused()).isEmpty();
        return outcome.standing();
    }

    private static void refused(String code, LifecycleEvent... events) {
        List<LifecycleEvent> all = List.of(events);
        Lifecycle.Outcome before = Lifecycle.fold(TEXT, all.subList(0, all.size() - 1));
        Lifecycle.Outcome after = Lifecycle.fold(TEXT, all);
        assertThat(before.refused()).isEmpty();
        assertThat(after.refused())
                .singleElement()
                .satisfies(unmoved -> assertThat(unmoved.problem().code()).isEqualTo(code));
        assertThat(after.standing()).isEqualTo(before.standing());
    }
}
