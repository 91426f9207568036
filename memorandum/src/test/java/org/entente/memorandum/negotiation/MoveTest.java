package org.entente.memorandum.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.language.Example;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MoveTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 30 : 1;

    private static final Part HEAD = Part.HEAD;

    private final Delegation mx = new Delegation("MX");
    private final Delegation us = new Delegation("US");
    private final Negotiation between =
            new Negotiation("MX-US/2025-09", 1, new TreeSet<>(List.of(mx.code(), us.code())));
    private final PartText head =
            Optional.ofNullable(PartText.of(Example.memorandum()).get(HEAD)).orElseThrow();

    private StatementDraft draft() {
        return Move.draft(
                between,
                mx.code(),
                new Said.Proposed(head, Optional.empty(), Optional.of("as discussed in May")),
                Optional.of(head.digest()),
                Delegation.NOON);
    }

    private static StatementDraft with(StatementDraft draft, String kind, ObjectNode content) {
        return new StatementDraft(kind, draft.from(), draft.to(), draft.at(), draft.expires(), content);
    }

    @Test
    void whatIsSignedIsReadAsItWasSaid() throws Malformed {
        Statement statement = mx.byStatementKeys(draft());
        Move move = Move.read(Statement.parse(statement.bytes()).verify(mx.card()), mx.card());
        assertThat(move.id()).isEqualTo(statement.id());
        assertThat(move.said())
                .isEqualTo(new Said.Proposed(head, Optional.empty(), Optional.of("as discussed in May")));
        assertThat(move.after()).contains(head.digest());
    }

    @Test
    void aRootNeverSpeaksInANegotiation() {
        refused(mx.byRoot(draft()), "memorandum.negotiation.wrong-key");
    }

    @Test
    void nobodySpeaksForAnother() {
        assertThatThrownBy(() -> Move.read(mx.byStatementKeys(draft()), us.card()))
                .hasMessageStartingWith("memorandum.signing.not-the-party");
        refused(us.byStatementKeys(draft()), "memorandum.negotiation.wrong-key");
        assertThatThrownBy(() ->
                        Statement.parse(us.byStatementKeys(draft()).bytes()).verify(mx.card()))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void aSignatureUnderOneTextIsNoneUnderAnother() {
        String bytes = new String(mx.byStatementKeys(draft()).bytes(), StandardCharsets.UTF_8);
        String other = new String(
                mx.byStatementKeys(Move.draft(
                                between,
                                mx.code(),
                                new Said.Proposed(head, Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                Delegation.NOON))
                        .bytes(),
                StandardCharsets.UTF_8);
        String forged = bytes.substring(0, bytes.indexOf(',')) + other.substring(other.indexOf(','));
        assertThatThrownBy(() ->
                        Statement.parse(forged.getBytes(StandardCharsets.UTF_8)).verify(mx.card()))
                .hasMessageStartingWith("signature.");
    }

    @Test
    void whatExpiresOrIsOfAnotherKindIsNotSaidHere() {
        refused(
                mx.byStatementKeys(draft().expiringAt(Delegation.NOON.plus(Duration.ofDays(1)))),
                "memorandum.negotiation.expires");
        refused(
                mx.byStatementKeys(with(draft(), "memorandum-signed", draft().content())),
                "memorandum.negotiation.wrong-kind");
    }

    @Test
    void everyMemberIsHeldToItsForm() {
        changed("digest", content -> content.put("digest", "0".repeat(64)), "memorandum.negotiation.digest-differs");
        changed("part", content -> content.put("part", "3.x"), "memorandum.negotiation.part-malformed");
        changed("another part", content -> content.put("part", "never"), "memorandum.negotiation.content-malformed");
        changed("version", content -> content.put("version", 2), "memorandum.negotiation.head-differs");
        changed("unknown", content -> content.put("more", "x"), "json.member-unknown");
        changed("reason", content -> content.put("reason", "x".repeat(501)), "json.line-refused");
        changed("turned", content -> content.put("reason", "a\u202eb"), "json.line-refused");
        changed("after", content -> content.put("after", "x"), "digest.malformed");
        changed("nothing", content -> content.putNull("content"), "memorandum.negotiation.content-malformed");
        changed("missing", content -> content.remove("content"), "json.member-missing");
        changed("parties", content -> content.putArray("parties").add("US").add("MX"), "memorandum.list-unsorted");
        changed("one party", content -> content.putArray("parties").add("US"), "json.array-size");
        refused(mx.byStatementKeys(with(draft(), "part-agreed", draft().content())), "json.member-missing");
    }

    @Test
    void aPartHasOneWayToBeWritten() throws Malformed {
        for (String text : List.of("head", "never", "party/MX", "purpose/a-b", "category/c1", "3.10")) {
            assertThat(Part.parse(text).text()).isEqualTo(text);
        }
        for (String text :
                List.of("", "head/", "never/", "Head", "party/", "party/mx", "purpose/A", "3.", "clause/3.1", "/")) {
            assertThatThrownBy(() -> Part.parse(text)).as(text).isInstanceOf(Malformed.class);
        }
        assertThat(Stream.of("never", "3.10", "3.2", "category/a", "purpose/a", "party/US", "party/MX", "head")
                        .map(MoveTest::part)
                        .sorted()
                        .map(Part::text))
                .containsExactly("head", "party/MX", "party/US", "purpose/a", "category/a", "3.2", "3.10", "never");
    }

    private static Part part(String text) {
        try {
            return Part.parse(text);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    /** Whoever holds a party's keys can sign anything; it is refused by a problem or read, and what was read can be laid out. */
    @Test
    void whateverTheContentItIsRefusedOrRead() {
        String content = CanonicalJson.text(draft().content());
        int read = 0;
        for (long seed = 1; seed <= 1_000L * DEPTH; seed++) {
            Random random = new Random(seed);
            StringBuilder mutated = new StringBuilder(content);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                int at = random.nextInt(mutated.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutated.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 ->
                        mutated.insert(
                                at,
                                List.of("\\u202e", "null", "{}", "[]", "é", "\":\"", "9")
                                        .get(random.nextInt(7)));
                    default -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(12)));
                }
            }
            read += survives(mutated.toString(), seed) ? 1 : 0;
        }
        assertThat(read).isBetween(1, 1_000 * DEPTH - 1);
    }

    private boolean survives(String content, long seed) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            if (!(CanonicalJson.parse(bytes, bytes.length) instanceof ObjectNode object)) {
                return false;
            }
            Said said = Said.read(Said.Kind.PROPOSED, org.entente.evidence.canonical.Members.of(object, "content"));
            Negotiation.read(org.entente.evidence.canonical.Members.of(object, "content"));
            assertThat(said.digest()).as("seed %d", seed).isNotNull();
            return true;
        } catch (Malformed refused) {
            assertThat(refused.problem().code()).as("seed %d", seed).isNotEmpty();
            return false;
        } catch (RuntimeException unexpected) {
            throw new AssertionError("seed " + seed, unexpected);
        }
    }

    /** Parts that are read are laid out and checked without anything but findings, whatever they say. */
    @Test
    void whateverIsAgreedIsSettledOrFound() {
        for (long seed = 1; seed <= 150L * DEPTH; seed++) {
            Random random = new Random(seed);
            var parts = new java.util.TreeMap<>(PartText.of(Example.memorandum()));
            Part part = List.copyOf(parts.keySet()).get(random.nextInt(parts.size()));
            String text = CanonicalJson.text(
                    Optional.ofNullable(parts.get(part)).orElseThrow().json());
            int at = random.nextInt(text.length());
            String mutated = random.nextBoolean()
                    ? text.substring(0, at)
                            + List.of("x", ": ", "#", "- ", "é", "'", "%").get(random.nextInt(7))
                            + text.substring(at)
                    : text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(9)));
            try {
                byte[] bytes = mutated.getBytes(StandardCharsets.UTF_8);
                parts.put(part, PartText.read(part, CanonicalJson.parse(bytes, bytes.length)));
            } catch (Malformed refused) {
                continue;
            }
            Settlement settlement = Assembly.of(parts).settle(between.parties());
            assertThat(settlement).as("seed %d: %s", seed, mutated).isNotInstanceOf(Settlement.Open.class);
            if (settlement instanceof Settlement.Settled settled) {
                assertThat(PartText.of(settled.memorandum()))
                        .as("seed %d", seed)
                        .isEqualTo(parts);
            }
        }
    }

    private interface Change {
        void make(ObjectNode content);
    }

    private void changed(String what, Change change, String code) {
        ObjectNode content = draft().content();
        change.make(content);
        assertThatThrownBy(() -> Move.read(mx.byStatementKeys(with(draft(), "part-proposed", content)), mx.card()))
                .as(what)
                .hasMessageStartingWith(code);
    }

    private void refused(Statement statement, String code) {
        assertThatThrownBy(() -> Move.read(statement, mx.card())).hasMessageStartingWith(code);
    }
}
