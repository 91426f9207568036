package org.entente.memorandum.language;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;

/** Reads what a memorandum defines: parties with their authorities, purposes, categories. */
final class NamesReader {
    private static final int NAMES_MAX = 256;

    private final Block root;
    private final Findings findings;
    private final Set<String> doubtful = new HashSet<>();

    NamesReader(Block root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    Names read() {
        SortedMap<PartyCode, Party> parties = parties();
        SortedMap<Purpose, Named.PurposeTerms> purposes = purposes();
        SortedMap<Category, Named.CategoryTerms> categories = categories();
        return new Names(parties, purposes, categories, doubtful);
    }

    static Read<Bilingual> bilingual(Block block, String key) {
        Block words = block.block(key, Vocabulary.BILINGUAL);
        Read<String> en = words.text("en");
        Read<String> es = words.text("es");
        return Read.whole(() -> new Bilingual(en.get(), es.get()));
    }

    /** The block of names under a key: some, and not too many. */
    static Block named(Block block, String key, Findings findings) {
        Block listed = block.names(key);
        if (listed.readable() && (listed.keys().isEmpty() || listed.keys().size() > NAMES_MAX)) {
            findings.error(block.spot(key), "memorandum.yaml.empty-list", key);
        }
        return listed;
    }

    static <T> Read<T> coined(Block listed, String key, Block.Parser<T> parser, Findings findings) {
        return Read.whole(() -> {
            try {
                return parser.parse(key);
            } catch (Malformed refused) {
                throw findings.unread(listed.spot(key), "memorandum.yaml.bad-name", Quoted.of(key));
            }
        });
    }

    private SortedMap<PartyCode, Party> parties() {
        Block listed = named(root, "parties", findings);
        SortedMap<PartyCode, Party> parties = new TreeMap<>();
        for (String key : listed.keys()) {
            Read<PartyCode> code = coined(listed, key, PartyCode::parse, findings);
            Block block = listed.block(key, Vocabulary.PARTY);
            Optional<Party> party =
                    code.found().flatMap(known -> party(known, block).found());
            party.ifPresentOrElse(
                    known -> parties.put(code.found().orElseThrow(), known),
                    () -> doubt(Names.Kind.AUTHORITY, key + "/"));
        }
        if (!listed.readable()) {
            doubt(Names.Kind.AUTHORITY, Names.ALL);
        } else if (listed.keys().size() < 2) {
            findings.error(root.spot("parties"), "memorandum.language.too-few-parties");
        }
        territoriesApart(listed, parties);
        return parties;
    }

    private void territoriesApart(Block listed, SortedMap<PartyCode, Party> parties) {
        parties.forEach((one, party) -> {
            for (Territory territory : party.territory()) {
                parties.forEach((other, owner) -> {
                    if (!one.equals(other) && owner.owns(territory)) {
                        findings.error(
                                listed.entries().at(one.text(), "territory"),
                                "memorandum.language.territory-of-two",
                                territory.code(),
                                one.text(),
                                other.text());
                    }
                });
            }
        });
    }

    private Read<Party> party(PartyCode code, Block block) {
        Read<Bilingual> name = bilingual(block, "name");
        Read<SortedSet<Territory>> territory = block.set("territory", Territory::parse);
        Block listed = named(block, "authorities", findings);
        SortedMap<AuthorityCode, Party.Authority> authorities = new TreeMap<>(Party.ORDER);
        boolean complete = listed.readable();
        for (String key : listed.keys()) {
            String text = code.text() + "/" + key;
            Read<AuthorityCode> authority = coined(listed, key, _ -> AuthorityCode.parse(text), findings);
            Block terms = listed.block(key, Vocabulary.AUTHORITY);
            Read<Party.Authority> read = authority(terms, territory);
            if (authority.found().isPresent() && read.found().isPresent()) {
                authorities.put(authority.found().orElseThrow(), read.found().orElseThrow());
            } else {
                doubt(Names.Kind.AUTHORITY, text);
                complete = false;
            }
        }
        boolean all = complete;
        Read<Optional<AuthorityCode>> central = own(block, "central authority", authorities, all);
        Read<Optional<AuthorityCode>> contact = own(block, "contact", authorities, all);
        return Read.whole(() -> new Party(name.get(), territory.get(), authorities, central.get(), contact.get()));
    }

    private Read<Party.Authority> authority(Block terms, Read<SortedSet<Territory>> whole) {
        Read<Words.AuthorityKind> kind = terms.word("kind", Words.AuthorityKind.class);
        Read<SortedSet<Territory>> own =
                terms.leavesOut("territory") ? whole : terms.set("territory", Territory::parse);
        return Read.whole(() -> {
            for (Territory part : own.get()) {
                if (whole.get().stream().noneMatch(territory -> territory.contains(part))) {
                    throw terms.unread("territory", "memorandum.language.foreign-territory", part.code());
                }
            }
            return new Party.Authority(kind.get(), own.get());
        });
    }

    private static Read<Optional<AuthorityCode>> own(
            Block block, String key, SortedMap<AuthorityCode, Party.Authority> authorities, boolean complete) {
        return block.optional(key, text -> {
            List<AuthorityCode> known = List.copyOf(authorities.keySet());
            for (AuthorityCode code : known) {
                if (code.text().equals(text)) {
                    return code;
                }
            }
            if (!complete) {
                throw new Unread();
            }
            List<String> texts = known.stream().map(AuthorityCode::text).toList();
            throw new Malformed(Names.UNKNOWN, Quoted.of(text), Vocabulary.nearest(text, texts));
        });
    }

    private SortedMap<Purpose, Named.PurposeTerms> purposes() {
        return named("purposes", Names.Kind.PURPOSE, Vocabulary.PURPOSE, Purpose::parse, terms -> {
            Read<Bilingual> name = bilingual(terms, "name");
            Read<SortedSet<String>> offences =
                    terms.setOrNone("offences", text -> Purpose.parse(text).code(), String::compareTo);
            Read<Boolean> onlyUnder = onlyUnder(terms);
            return Read.whole(() -> new Named.PurposeTerms(name.get(), offences.get(), onlyUnder.get()));
        });
    }

    private SortedMap<Category, Named.CategoryTerms> categories() {
        return named("categories", Names.Kind.CATEGORY, Vocabulary.CATEGORY, Category::parse, terms -> {
            Read<Bilingual> name = bilingual(terms, "name");
            Read<Words.PlaceOfObtaining> place =
                    terms.wordOr("place of obtaining", Words.PlaceOfObtaining.COLLECTION, Words.PlaceOfObtaining.class);
            Read<SecrecyRegime> secrecy = terms.wordOr("secrecy", SecrecyRegime.NONE, SecrecyRegime.class);
            Read<SortedSet<Words.AuthorityKind>> between = terms.wordsOrNone("only between", Words.AuthorityKind.class);
            Read<Boolean> onlyUnder = onlyUnder(terms);
            Read<Boolean> sensitive = terms.yesOr("sensitive", true);
            return Read.whole(() -> new Named.CategoryTerms(
                    name.get(), place.get(), secrecy.get(), between.get(), onlyUnder.get(), sensitive.get()));
        });
    }

    private <K extends Comparable<K>, V> SortedMap<K, V> named(
            String list, Names.Kind kind, Vocabulary vocabulary, Block.Parser<K> parser, Definition<V> definition) {
        Block listed = named(root, list, findings);
        SortedMap<K, V> defined = new TreeMap<>();
        for (String key : listed.keys()) {
            Read<K> name = coined(listed, key, parser, findings);
            Read<V> terms = definition.read(listed.block(key, vocabulary));
            if (name.found().isPresent() && terms.found().isPresent()) {
                defined.put(name.found().orElseThrow(), terms.found().orElseThrow());
            } else {
                doubt(kind, key);
            }
        }
        if (!listed.readable()) {
            doubt(kind, Names.ALL);
        }
        return defined;
    }

    /** Also as it may be meant: in the letters of the others of its kind. */
    private void doubt(Names.Kind kind, String name) {
        doubtful.add(kind.doubt(name));
        doubtful.add(kind.doubt(
                kind == Names.Kind.AUTHORITY ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT)));
    }

    private static Read<Boolean> onlyUnder(Block terms) {
        if (terms.leavesOut("only under")) {
            return Read.of(false);
        }
        Read<String> said = terms.only("only under", MemorandumReader.JOINT_GROUP);
        return Read.whole(() -> said.get().equals(MemorandumReader.JOINT_GROUP));
    }

    /** Reads what stands under one name. */
    @FunctionalInterface
    private interface Definition<V> {
        Read<V> read(Block terms);
    }
}
