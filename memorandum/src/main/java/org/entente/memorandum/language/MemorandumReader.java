package org.entente.memorandum.language;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;

/** Reads a whole memorandum: the names first, then the clauses that use them, then what only the whole can show. */
final class MemorandumReader {
    static final String JOINT_GROUP = "joint-group";

    private static final String ID_FORM = "[A-Z0-9][A-Za-z0-9._-]{0,31}(/[A-Za-z0-9][A-Za-z0-9._-]{0,31}){0,3}";
    private static final int NAMES_MAX = 256;

    private final Tree document;

    MemorandumReader(Tree document) {
        this.document = document;
    }

    Memorandum read() throws Malformed {
        Block root = Block.of(document, "memorandum", Vocabulary.MEMORANDUM);
        Heading heading = heading(root);
        SortedMap<PartyCode, Party> parties = parties(root);
        SortedMap<Purpose, Named.PurposeTerms> purposes = purposes(root);
        SortedMap<Category, Named.CategoryTerms> categories = categories(root);
        Names names = new Names(parties, purposes, categories);
        SortedMap<ClauseNumber, Terms> clauses = clauses(root, new ClauseReader(names));
        jointGroupsAgree(root, names, clauses);
        contributorsAreMembers(root, clauses);
        regimesStandOnce(root, clauses);
        SortedSet<Never> never = root.has("never") ? root.words("never", Never.class) : Collections.emptySortedSet();
        return new Memorandum(heading, parties, purposes, categories, clauses, never);
    }

    private static Heading heading(Block root) throws Malformed {
        String id = root.text("memorandum");
        if (!id.matches(ID_FORM)) {
            throw root.badValue("memorandum");
        }
        if (!root.text("version").matches("[1-9][0-9]{0,5}")) {
            throw root.badValue("version");
        }
        Block languages = root.block("languages", Vocabulary.LANGUAGES);
        SortedSet<String> authentic = languages.set("authentic", MemorandumReader::language);
        return new Heading(
                id,
                Integer.parseInt(root.text("version")),
                bilingual(root, "title"),
                authentic,
                languages.wordOr("if they diverge", Words.Divergence.CONSULT, Words.Divergence.class));
    }

    private static String language(String text) throws Malformed {
        if (!text.equals("en") && !text.equals("es")) {
            throw new Malformed("memorandum.word.unknown", Quoted.of(text));
        }
        return text;
    }

    private static Bilingual bilingual(Block block, String key) throws Malformed {
        Block words = block.block(key, Vocabulary.BILINGUAL);
        return new Bilingual(words.text("en"), words.text("es"));
    }

    private static SortedMap<PartyCode, Party> parties(Block root) throws Malformed {
        Block listed = named(root, "parties");
        SortedMap<PartyCode, Party> parties = new TreeMap<>();
        for (String key : listed.keys()) {
            PartyCode code = coined(listed, key, PartyCode::parse);
            parties.put(code, party(code, listed.block(key, Vocabulary.PARTY)));
        }
        if (parties.size() < 2) {
            throw new Malformed("memorandum.language.too-few-parties", root.line("parties"));
        }
        List<PartyCode> codes = List.copyOf(parties.keySet());
        for (PartyCode one : codes) {
            for (Territory territory : at(parties, one).territory()) {
                for (PartyCode other : codes) {
                    if (!one.equals(other) && at(parties, other).owns(territory)) {
                        throw new Malformed(
                                "memorandum.language.territory-of-two",
                                listed.line(one.text()),
                                territory.code(),
                                one.text(),
                                other.text());
                    }
                }
            }
        }
        return parties;
    }

    private static Party at(SortedMap<PartyCode, Party> parties, PartyCode code) {
        Party party = parties.get(code);
        if (party == null) {
            throw new IllegalStateException("a key without a value");
        }
        return party;
    }

    private static Party party(PartyCode code, Block block) throws Malformed {
        SortedSet<Territory> territory = block.set("territory", Territory::parse);
        Block listed = named(block, "authorities");
        SortedMap<AuthorityCode, Party.Authority> authorities = new TreeMap<>(Party.ORDER);
        for (String key : listed.keys()) {
            AuthorityCode authority = coined(listed, key, name -> AuthorityCode.parse(code.text() + "/" + name));
            Block terms = listed.block(key, Vocabulary.AUTHORITY);
            SortedSet<Territory> own = terms.has("territory") ? terms.set("territory", Territory::parse) : territory;
            for (Territory part : own) {
                if (territory.stream().noneMatch(whole -> whole.contains(part))) {
                    throw new Malformed("memorandum.language.foreign-territory", terms.line("territory"), part.code());
                }
            }
            authorities.put(authority, new Party.Authority(terms.word("kind", Words.AuthorityKind.class), own));
        }
        return new Party(
                bilingual(block, "name"),
                territory,
                authorities,
                own(block, "central authority", authorities.keySet()),
                own(block, "contact", authorities.keySet()));
    }

    private static Optional<AuthorityCode> own(Block block, String key, Set<AuthorityCode> authorities)
            throws Malformed {
        if (!block.has(key)) {
            return Optional.empty();
        }
        return Optional.of(block.value(key, text -> Names.authority(text, authorities)));
    }

    private static SortedMap<Purpose, Named.PurposeTerms> purposes(Block root) throws Malformed {
        Block listed = named(root, "purposes");
        SortedMap<Purpose, Named.PurposeTerms> purposes = new TreeMap<>();
        for (String key : listed.keys()) {
            Purpose purpose = coined(listed, key, Purpose::parse);
            Block terms = listed.block(key, Vocabulary.PURPOSE);
            SortedSet<String> offences = terms.has("offences")
                    ? terms.set("offences", text -> Purpose.parse(text).code())
                    : Collections.emptySortedSet();
            purposes.put(purpose, new Named.PurposeTerms(bilingual(terms, "name"), offences, onlyUnder(terms)));
        }
        return purposes;
    }

    private static SortedMap<Category, Named.CategoryTerms> categories(Block root) throws Malformed {
        Block listed = named(root, "categories");
        SortedMap<Category, Named.CategoryTerms> categories = new TreeMap<>();
        for (String key : listed.keys()) {
            Category category = coined(listed, key, Category::parse);
            Block terms = listed.block(key, Vocabulary.CATEGORY);
            categories.put(
                    category,
                    new Named.CategoryTerms(
                            bilingual(terms, "name"),
                            terms.wordOr(
                                    "place of obtaining",
                                    Words.PlaceOfObtaining.COLLECTION,
                                    Words.PlaceOfObtaining.class),
                            terms.wordOr("secrecy", SecrecyRegime.NONE, SecrecyRegime.class),
                            terms.has("only between")
                                    ? terms.words("only between", Words.AuthorityKind.class)
                                    : Collections.emptySortedSet(),
                            onlyUnder(terms),
                            terms.yesOr("sensitive", true)));
        }
        return categories;
    }

    private static boolean onlyUnder(Block terms) throws Malformed {
        if (terms.has("only under")) {
            terms.only("only under", JOINT_GROUP);
            return true;
        }
        return false;
    }

    private static SortedMap<ClauseNumber, Terms> clauses(Block root, ClauseReader reader) throws Malformed {
        Block listed = named(root, "clauses");
        SortedMap<ClauseNumber, Terms> clauses = new TreeMap<>();
        for (String key : listed.keys()) {
            ClauseNumber number = coined(listed, key, ClauseNumber::parse);
            Terms terms = reader.read(listed.tree(key), key);
            if (!repeatable(terms)
                    && clauses.values().stream().anyMatch(earlier -> earlier.getClass() == terms.getClass())) {
                throw new Malformed("memorandum.language.clause-twice", listed.line(key), key);
            }
            clauses.put(number, terms);
        }
        Map<String, Class<? extends Terms>> mandatory = Map.of(
                Vocabulary.CLAUSE_LEGAL_NATURE.head(), Terms.LegalNature.class,
                Vocabulary.CLAUSE_NOT_NAMED.head(), Terms.NotNamed.class,
                Vocabulary.CLAUSE_TERRITORY.head(), Terms.Territorial.class,
                Vocabulary.CLAUSE_SUSPEND.head(), Terms.Suspend.class);
        for (String head : new TreeSet<>(mandatory.keySet())) {
            if (clauses.values().stream().noneMatch(terms -> terms.getClass() == mandatory.get(head))) {
                throw new Malformed("memorandum.language.missing-clause", root.line("clauses"), head);
            }
        }
        return clauses;
    }

    private static boolean repeatable(Terms terms) {
        return terms instanceof Terms.Grant || terms instanceof Terms.EquivalentSecrecy;
    }

    /** Only members of the joint group have a common file to contribute to. */
    private static void contributorsAreMembers(Block root, SortedMap<ClauseNumber, Terms> clauses) throws Malformed {
        Set<AuthorityCode> members = new HashSet<>();
        clauses.values().forEach(terms -> {
            if (terms instanceof Terms.JointGroup group) {
                members.addAll(group.members());
            }
        });
        for (var clause : clauses.entrySet()) {
            if (clause.getValue() instanceof Terms.Contribute contribute) {
                for (AuthorityCode authority : contribute.scope().by()) {
                    if (!members.contains(authority)) {
                        Block listed = named(root, "clauses");
                        throw new Malformed(
                                "memorandum.language.contributor-no-member",
                                listed.line(clause.getKey().text()),
                                authority.text());
                    }
                }
            }
        }
    }

    /** One regime stands in one clause on equivalence; two clauses would make all their regimes one without saying so. */
    private static void regimesStandOnce(Block root, SortedMap<ClauseNumber, Terms> clauses) throws Malformed {
        Set<SecrecyRegime> seen = EnumSet.noneOf(SecrecyRegime.class);
        for (var clause : clauses.entrySet()) {
            if (clause.getValue() instanceof Terms.EquivalentSecrecy equivalent) {
                for (SecrecyRegime regime : equivalent.regimes()) {
                    if (!seen.add(regime)) {
                        Block listed = named(root, "clauses");
                        throw new Malformed(
                                "memorandum.language.secrecy-twice",
                                listed.line(clause.getKey().text()),
                                regime.word());
                    }
                }
            }
        }
    }

    /** What stands "only under: joint-group" is what the group's clause adds, and nothing else. */
    private static void jointGroupsAgree(Block root, Names names, SortedMap<ClauseNumber, Terms> clauses)
            throws Malformed {
        SortedSet<Purpose> purposes = new TreeSet<>();
        SortedSet<Category> categories = new TreeSet<>();
        clauses.values().forEach(terms -> {
            if (terms instanceof Terms.JointGroup group) {
                purposes.addAll(group.addsPurposes());
                categories.addAll(group.addsCategories());
            }
        });
        for (var purpose : names.defined().entrySet()) {
            if (purpose.getValue().onlyUnderJointGroup() != purposes.contains(purpose.getKey())) {
                throw new Malformed(
                        "memorandum.language.joint-group-differs",
                        root.line("purposes"),
                        purpose.getKey().code());
            }
        }
        for (var category : names.categories().entrySet()) {
            if (category.getValue().onlyUnderJointGroup() != categories.contains(category.getKey())) {
                throw new Malformed(
                        "memorandum.language.joint-group-differs",
                        root.line("categories"),
                        category.getKey().code());
            }
        }
    }

    private static Block named(Block block, String key) throws Malformed {
        Block listed = Block.open(block.tree(key), key);
        if (listed.keys().isEmpty() || listed.keys().size() > NAMES_MAX) {
            throw new Malformed("memorandum.yaml.empty-list", block.line(key), key);
        }
        return listed;
    }

    private static <T> T coined(Block listed, String key, Block.Parser<T> parser) throws Malformed {
        try {
            return parser.parse(key);
        } catch (Malformed refused) {
            throw new Malformed("memorandum.yaml.bad-name", listed.line(key), Quoted.of(key));
        }
    }
}
