package org.entente.memorandum.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.page.NegotiationPage;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.NegotiationWords;
import org.entente.memorandum.rendering.NegotiationWords.Entry;
import org.entente.memorandum.rendering.NegotiationWords.Mark;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class NegotiationWordsTest {
    private static final Part RELEASE = new Part(Part.Section.CLAUSE, "3.1");
    private static final Part NOTICES = new Part(Part.Section.CLAUSE, "3.3");

    private final Delegation mx = new Delegation("MX");
    private final Delegation us = new Delegation("US");
    private final Memorandum text = Example.memorandum();
    private final Negotiation between =
            new Negotiation(text.id(), text.version(), new TreeSet<>(List.of(mx.code(), us.code())));
    private final List<Move> moves = new ArrayList<>();

    private static PartText shorter() {
        try {
            SortedMap<Part, PartText> parts =
                    PartText.of(Memorandum.parseYaml(Example.yaml().replace("keep: P5Y", "keep: P3Y")));
            return Optional.ofNullable(parts.get(RELEASE)).orElseThrow();
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    /** MX proposes all; US agrees with what is no clause, counters one clause, rejects another. */
    private Table bargain() {
        for (PartText part : PartText.of(text).values()) {
            Move proposed = mx.proposes(between, part);
            moves.add(proposed);
            if (part.part().section() != Part.Section.CLAUSE) {
                moves.add(us.agrees(between, proposed));
            } else if (part.part().equals(RELEASE)) {
                moves.add(us.counters(between, proposed, shorter()));
            } else if (part.part().equals(NOTICES)) {
                moves.add(us.rejects(between, proposed, "three days are <b>too</b> few"));
            }
        }
        return Table.of(between, moves);
    }

    private static Entry entry(Table table, Part part, Language language) {
        return NegotiationWords.of(table, language).stream()
                .filter(entry -> entry.part().equals(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyPartSaysWhatIsAgreedProposedRejectedAndByWhom() {
        Table table = bargain();
        Entry head = entry(table, Part.HEAD, Language.EN);
        assertThat(head.mark()).isEqualTo(Mark.AGREED);
        assertThat(head.texts().getFirst().voices()).containsExactly("Agreed by MX and US.");
        assertThat(head.texts().getFirst().words().getFirst()).startsWith("Understanding on the exchange");
        Entry open = entry(table, new Part(Part.Section.CLAUSE, "7.2"), Language.ES);
        assertThat(open.mark()).isEqualTo(Mark.PROPOSED);
        assertThat(open.texts().getFirst().voices())
                .containsExactly("Propuesta de MX.", "Nadie ha respondido todavía.");
        assertThat(open.texts().getFirst().words())
                .containsExactly("Cualquier parte puede retirarse con un aviso de 60 días.");
        Entry disputed = entry(table, RELEASE, Language.EN);
        assertThat(disputed.mark()).isEqualTo(Mark.DISPUTED);
        assertThat(disputed.texts()).hasSize(2);
        assertThat(disputed.texts().getFirst().voices()).containsExactly("Proposed by MX.");
        assertThat(disputed.texts().getLast().voices()).startsWith("Counter-proposal of US to what MX proposed.");
        assertThat(disputed.texts().getLast().differences())
                .contains("Compared with what MX proposes: kept at most: 5 years → 3 years.");
        Entry rejected = entry(table, NOTICES, Language.EN);
        assertThat(rejected.mark()).isEqualTo(Mark.DISPUTED);
        assertThat(rejected.texts().getFirst().voices()).contains("Rejected by US: “three days are <b>too</b> few”");
    }

    @Test
    void bothLanguagesHaveTheSameEntriesAndTexts() {
        Table table = bargain();
        List<Entry> english = NegotiationWords.of(table, Language.EN);
        List<Entry> spanish = NegotiationWords.of(table, Language.ES);
        assertThat(english)
                .extracting(Entry::part)
                .containsExactlyElementsOf(table.parts().keySet());
        for (int row = 0; row < english.size(); row++) {
            assertThat(spanish.get(row).part()).isEqualTo(english.get(row).part());
            assertThat(spanish.get(row).mark()).isEqualTo(english.get(row).mark());
            assertThat(spanish.get(row).texts()).hasSameSizeAs(english.get(row).texts());
            assertThat(spanish.get(row).texts().toString() + english.get(row).texts())
                    .doesNotContainPattern("[{}]");
        }
        assertThat(NegotiationWords.summary(table, Language.EN).getFirst())
                .startsWith("Negotiation of MX-US/2025-09, version 1, between MX and US.");
    }

    @Test
    void aSettledNegotiationNamesWhatWillBeSigned() {
        for (PartText part : PartText.of(text).values()) {
            moves.add(mx.proposes(between, part));
            moves.add(us.proposes(between, part));
        }
        assertThat(NegotiationWords.summary(Table.of(between, moves), Language.ES))
                .anyMatch(line -> line.contains(text.digest().hex()));
    }

    @Test
    void thePageSaysTheSameAndNeedsNothingFromOutside() {
        Table table = bargain();
        String page = NegotiationPage.screen(table);
        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .contains(table.digest().hex())
                .contains("≠ Clause 3.1, disputed.")
                .contains("= Encabezado, convenido.")
                .contains("&lt;b&gt;too&lt;/b&gt;")
                .doesNotContain("<b>too")
                .doesNotContain("<script")
                .doesNotContain("url(")
                .doesNotContain("https://");
        assertThat(Pattern.compile("<tbody class=").matcher(page).results())
                .hasSize(table.parts().size());
        assertThat(NegotiationPage.screen(Table.of(between, List.of()))).contains("Negotiation of MX-US/2025-09");
    }

    /** What is proposed may mean nothing at all; it is shown all the same, word for word. */
    @Test
    void wordsThatMeanNothingAreShownAsTheyStand() throws Malformed {
        List<String> odd =
                List.of("Not A Slug", "P", "within", "within P", "each ", "9 identifiers each PXX", "MX/", "’{0}");
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            var content = JsonNodeFactory.instance.objectNode();
            for (String key : List.of("release", "for", "needs", "keep", "by", "never", "kind", "surviving", "{1}")) {
                String value = odd.get(random.nextInt(odd.size()));
                switch (random.nextInt(4)) {
                    case 0 -> content.put(key, value);
                    case 1 -> content.putArray(key).add(value).add("x");
                    case 2 -> content.putObject(key).put("officers", value).put("case", "maybe");
                    default -> content.putObject(key).putArray("officers").add(value);
                }
            }
            Move strange = mx.from(Optional.empty()).proposes(between, PartText.read(RELEASE, content));
            Move other = us.from(Optional.empty()).counters(between, strange, shorter());
            Table table = Table.of(between, List.of(strange, other));
            for (Language language : Language.values()) {
                assertThat(entry(table, RELEASE, language).texts().getFirst().words())
                        .as("seed %d", seed)
                        .hasSize(content.size());
            }
            assertThat(NegotiationPage.screen(table)).isNotEmpty();
        }
    }
}
