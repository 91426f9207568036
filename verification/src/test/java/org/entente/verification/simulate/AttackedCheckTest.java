package org.entente.verification.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each attack belongs to a check: where the check is left out, that very attack turns red. */
class AttackedCheckTest {
    private static final int SEEDS = 3;

    private static final Map<Flaw, List<String>> TABLE = table();

    private static Map<Flaw, List<String>> table() {
        Map<Flaw, List<String>> table = new EnumMap<>(Flaw.class);
        forms(table);
        words(table);
        decisions(table);
        heads(table);
        return table;
    }

    private static void forms(Map<Flaw, List<String>> table) {
        table.put(
                Flaw.STRIPPED_SIGNATURE_TAKEN,
                List.of("ed25519-signature-stripped", "ml-dsa-signature-stripped", "flattened-to-one-signature"));
        table.put(
                Flaw.SIGNATURES_NOT_VERIFIED,
                List.of(
                        "ml-dsa-signature-emptied",
                        "ed25519-signature-twice",
                        "third-signature",
                        "signatures-in-other-order",
                        "signatures-exchanged-under-their-headers",
                        "one-bit-of-a-signature",
                        "algorithm-none",
                        "algorithm-hmac",
                        "weaker-parameter-set",
                        "other-type-of-document",
                        "unprotected-header",
                        "member-beside-the-payload",
                        "payload-changed-after-signing",
                        "own-name-under-a-third-partys-keys",
                        "under-the-keys-of-an-officer"));
        table.put(
                Flaw.UNREADABLE_TAKEN,
                List.of(
                        "payload-with-white-space",
                        "payload-with-a-member-twice",
                        "version-unknown",
                        "member-unknown",
                        "kind-unknown",
                        "content-member-missing",
                        "content-member-extra",
                        "number-for-a-text",
                        "moment-with-a-fraction",
                        "moment-in-another-zone",
                        "sender-that-is-no-name",
                        "expires-before-it-is-said",
                        "longer-than-a-mebibyte",
                        "nested-a-thousand-deep",
                        "bytes-that-are-no-json",
                        "array-for-a-statement",
                        "null-for-a-statement",
                        "flood-of-rubbish"));
        table.put(Flaw.CALL_NOT_MEASURED, List.of("call-with-nothing", "call-with-too-many"));
    }

    private static void words(Map<Flaw, List<String>> table) {
        table.put(
                Flaw.SPEAKER_NOT_COMPARED,
                List.of(
                        "a-third-partys-word-over-this-connection",
                        "a-third-partys-name-under-own-keys",
                        "the-victims-own-name",
                        "the-victims-word-sent-back"));
        table.put(Flaw.AUTHORITY_NOT_COMPARED, List.of("an-authority-that-the-card-does-not-name"));
        table.put(Flaw.ROOT_FOR_EVERYTHING, List.of("business-under-the-root"));
        table.put(
                Flaw.ADDRESS_NOT_COMPARED,
                List.of(
                        "addressed-to-a-third-party",
                        "addressed-to-an-unknown-authority",
                        "addressed-to-nobody",
                        "a-word-to-another-party-shown-here"));
        table.put(
                Flaw.DATE_NOT_COMPARED,
                List.of(
                        "dated-ten-years-ahead",
                        "dated-six-minutes-ahead",
                        "expired-a-second-ago",
                        "expired-last-year"));
        table.put(Flaw.EFFECT_BEFORE_LOOKING, List.of("replay-of-anything-taken", "replay-of-the-oldest"));
        table.put(Flaw.KNOWN_FOR_AN_HOUR, List.of("replay-of-the-oldest"));
        table.put(Flaw.BYTES_NOT_COMPARED, List.of("other-bytes-under-a-known-id"));
        table.put(Flaw.EVIDENCE_NOT_KEPT, List.of("other-bytes-under-a-known-id", "card-that-skips-a-serial"));
        table.put(
                Flaw.CARDS_BELIEVED,
                List.of(
                        "card-that-skips-a-serial",
                        "card-that-contradicts-the-one-in-force",
                        "card-with-a-third-partys-certificate",
                        "card-under-the-statement-keys",
                        "card-of-another-party",
                        "revocation-of-a-key-that-never-was"));
        table.put(Flaw.REOPENING_BELIEVED, List.of("next-incarnation-out-of-nothing"));
        table.put(Flaw.OFFICERS_BELIEVED, List.of("officer-of-a-third-party", "officer-with-the-keys-of-the-card"));
    }

    private static void decisions(Map<Flaw, List<String>> table) {
        table.put(
                Flaw.APPROVALS_NOT_VERIFIED,
                List.of(
                        "approved-by-nobody",
                        "approved-by-an-officer-whom-nobody-appointed",
                        "approval-of-something-else",
                        "approval-given-twice",
                        "approval-two-days-later",
                        "approved-under-the-keys-of-another-officer",
                        "a-role-that-the-officer-does-not-have"));
        table.put(
                Flaw.NOT_DECIDED,
                List.of(
                        "act-of-another-moment",
                        "purpose-that-the-act-does-not-have",
                        "record-that-its-inputs-do-not-give",
                        "decision-on-another-case",
                        "release-that-nobody-asked-for",
                        "release-on-a-request-to-another-party",
                        "release-obtained-in-the-victims-territory",
                        "release-for-another-case-than-was-asked"));
        table.put(Flaw.BODY_NOT_AWAITED, List.of("statement-without-its-body"));
        table.put(
                Flaw.BODY_NOT_COMPARED,
                List.of("body-of-another-name", "body-cut-short", "body-with-something-behind-it"));
        table.put(Flaw.BODY_NOT_MEASURED, List.of("body-that-is-too-long"));
    }

    private static void heads(Map<Flaw, List<String>> table) {
        table.put(
                Flaw.WITNESS_BLIND,
                List.of(
                        "head-that-is-shorter-than-before",
                        "proof-from-nothing-after-something",
                        "growth-with-a-forged-proof",
                        "growth-without-a-proof",
                        "head-beyond-all-size",
                        "two-roots-of-one-size",
                        "history-that-was-written-anew"));
        table.put(
                Flaw.HEAD_READ_LENIENTLY,
                List.of("proof-that-starts-beyond-the-head", "empty-tree-with-another-root", "rubbish-for-a-head"));
        table.put(Flaw.HEAD_KEY_NOT_COMPARED, List.of("head-under-another-key"));
        table.put(
                Flaw.ORIGIN_NOT_COMPARED,
                List.of("head-of-a-third-partys-log", "head-of-an-incarnation-that-was-never-opened"));
        table.put(Flaw.PROOF_LOST, List.of("two-roots-of-one-size", "history-that-was-written-anew"));
        table.put(Flaw.STOP_IGNORED, List.of("two-roots-of-one-size", "history-that-was-written-anew"));
    }

    static Stream<Flaw> flaws() {
        return TABLE.keySet().stream();
    }

    private static Set<String> every() {
        return Stream.of(Attack.all(), Attack.last())
                .flatMap(List::stream)
                .map(Attack::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyAttackBelongsToACheck() {
        Set<String> named = new TreeSet<>();
        TABLE.values().forEach(named::addAll);
        assertThat(named).isEqualTo(every());
    }

    @Test
    void withAllChecksNoAttackSucceeds() {
        Tally tried = new Tally();
        Set<String> violations = new HashSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            History.Outcome outcome = history(seed, Attack.all()).run();
            tried.add(outcome.tally());
            violations.addAll(outcome.violations());
        }
        assertThat(violations).isEmpty();
        assertThat(tried.attacks().keySet()).isEqualTo(every());
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void whereACheckIsLeftOutItsAttacksSucceed(Flaw flaw) {
        List<String> attacks = TABLE.getOrDefault(flaw, List.of());
        List<Attack> tried = Attack.all().stream()
                .filter(one -> attacks.contains(one.name()))
                .toList();
        Set<String> red = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && !red.containsAll(attacks); seed++) {
            for (String violation : history(seed, tried).plant(flaw).run().violations()) {
                if (violation.startsWith("attack ")) {
                    red.add(violation.substring("attack ".length(), violation.indexOf(':')));
                }
            }
        }
        assertThat(red).containsAll(attacks);
    }

    private static History history(long seed, List<Attack> attacks) {
        return new History(seed, 3, false).withAttacks(attacks).inCalm();
    }
}
