package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.Slug;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/** Reads properties, whose names are those of one memorandum. */
final class PropertyReader {
    private final Names names;
    private final Findings findings = new Findings();

    private PropertyReader(Memorandum memorandum) {
        this.names = new Names(memorandum.parties(), memorandum.purposes(), memorandum.categories(), Set.of());
    }

    static List<Property> read(String yaml, Memorandum memorandum) throws Malformed {
        PropertyReader reader = new PropertyReader(memorandum);
        List<Property> properties = YamlText.parse(yaml, reader.findings)
                .found()
                .map(reader::properties)
                .orElse(List.of());
        reader.findings.refuse();
        return properties;
    }

    private List<Property> properties(Tree document) {
        Block root = Block.of(document, "properties", Vocabulary.PROPERTIES, findings);
        Block listed = NamesReader.named(root, "properties", findings);
        List<Property> properties = new ArrayList<>();
        for (String key : listed.keys()) {
            Read<String> name = NamesReader.coined(listed, key, PropertyReader::name, findings);
            Block block = listed.block(key, Vocabulary.PROPERTY);
            Read<Bilingual> words = NamesReader.bilingual(block, "in words");
            Block never = block.block("never", Vocabulary.PROPERTY_NEVER);
            Read<Property.Acts> acts = acts(never);
            Read<Property.Sides> sides = sides(never);
            Read<Property.Matter> matter = matter(never);
            Read<Property.Unless> unless = block.has("unless")
                    ? unless(block.block("unless", Vocabulary.PROPERTY_UNLESS))
                    : Read.of(new Property.Unless(false, false, 0, false, false));
            Read.whole(() -> properties.add(
                    new Property(name.get(), words.get(), acts.get(), sides.get(), matter.get(), unless.get())));
        }
        return properties;
    }

    private static String name(String text) throws Malformed {
        if (!Slug.isSlug(text)) {
            throw new Malformed("memorandum.yaml.bad-name", Quoted.of(text));
        }
        return text;
    }

    private Read<Property.Acts> acts(Block never) {
        Read<SortedSet<ActName>> acts = never.wordsOrNone("acts", ActName.class);
        Read<SortedSet<Manner>> manners = never.wordsOrNone("used as", Manner.class);
        Read<SortedSet<Property.Standing>> standings = never.wordsOrNone("while", Property.Standing.class);
        return Read.whole(() -> new Property.Acts(acts.get(), manners.get(), standings.get()));
    }

    private Read<Property.Sides> sides(Block never) {
        Read<Property.Side> by = side(never, "by");
        Read<Property.Side> with = side(never, "with");
        Read<Property.Side> recipient = side(never, "forwarded to");
        return Read.whole(() -> new Property.Sides(by.get(), with.get(), recipient.get()));
    }

    private Read<Property.Side> side(Block never, String key) {
        Read<SortedSet<Actor>> actors = actors(never, key);
        Read<SortedSet<Words.AuthorityKind>> kinds = never.wordsOrNone(key + " kind", Words.AuthorityKind.class);
        return Read.whole(() -> new Property.Side(actors.get(), kinds.get()));
    }

    private Read<SortedSet<Actor>> actors(Block never, String key) {
        return never.setOrNone(key, names::actor, Comparator.comparing(Actor::text));
    }

    private Read<Property.Matter> matter(Block never) {
        var purposes = never.setOrNone("for", names::purpose, Comparator.naturalOrder());
        var categories = never.setOrNone("category", names::category, Comparator.naturalOrder());
        Read<SortedSet<Actor>> obtainedBy = actors(never, "obtained by");
        var obtainedIn = never.setOrNone("obtained in", Territory::parse, Comparator.naturalOrder());
        Read<SortedSet<PersonCategory>> persons = never.wordsOrNone("person", PersonCategory.class);
        Read<Optional<Handling.Code>> marked =
                never.optional("marked at least", text -> Word.parse(Handling.Code.class, text));
        return Read.whole(() -> new Property.Matter(
                purposes.get(), categories.get(), obtainedBy.get(), obtainedIn.get(), persons.get(), marked.get()));
    }

    private Read<Property.Unless> unless(Block unless) {
        Read<Boolean> caseReference = unless.yesOr("case", false);
        Read<Boolean> legalBasis = unless.yesOr("legal basis", false);
        Read<Integer> officers = unless.valueOr("officers", 0, PropertyReader::officers);
        Read<Boolean> consent = unless.yesOr("consent of the originator", false);
        Read<Boolean> authorisation = unless.yesOr("joint authorisation of the place", false);
        return Read.whole(() -> new Property.Unless(
                caseReference.get(), legalBasis.get(), officers.get(), consent.get(), authorisation.get()));
    }

    private static int officers(String text) throws Malformed {
        if (!text.matches("[1-9]")) {
            throw new Malformed("memorandum.yaml.bad-value", "officers", Quoted.of(text));
        }
        return Integer.parseInt(text);
    }
}
