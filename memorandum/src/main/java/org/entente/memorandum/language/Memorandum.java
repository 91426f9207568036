package org.entente.memorandum.language;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;

/**
 * A memorandum of understanding: who may do what to whom, for which purpose, in which category, on what terms. The
 * language is specified in {@code docs/spec/memorandum.md}.
 *
 * <p>People write and read it as YAML. What is signed is its canonical form: RFC 8785 JSON of the same words, with every
 * default spelled out, every list sorted, and neither comments nor layout. A memorandum can be had only by parsing, so
 * whoever holds one knows that every name in it is resolved and every mandatory clause stands in it once.
 */
public final class Memorandum {
    private final Heading heading;
    private final SortedMap<PartyCode, Party> parties;
    private final SortedMap<Purpose, Named.PurposeTerms> purposes;
    private final SortedMap<Category, Named.CategoryTerms> categories;
    private final SortedMap<ClauseNumber, Terms> clauses;
    private final SortedSet<Never> never;
    private final Extension extension;
    private final byte[] canonical;
    private final Digest digest;

    /** Takes terms whose names were all resolved: see {@link MemorandumReader}. */
    Memorandum(
            Heading heading,
            Names names,
            Map<ClauseNumber, Terms> clauses,
            SortedSet<Never> never,
            Extension extension) {
        this.heading = heading;
        this.parties = Collections.unmodifiableSortedMap(new TreeMap<>(names.parties()));
        this.purposes = Collections.unmodifiableSortedMap(new TreeMap<>(names.defined()));
        this.categories = Collections.unmodifiableSortedMap(new TreeMap<>(names.categories()));
        this.clauses = Collections.unmodifiableSortedMap(new TreeMap<>(clauses));
        this.never = Collections.unmodifiableSortedSet(new TreeSet<>(never));
        this.extension = extension;
        this.canonical = CanonicalJson.encode(CanonicalForm.of(this));
        this.digest = Digest.of(canonical);
    }

    /**
     * Reads the text that people write.
     *
     * @throws Malformed {@code memorandum.yaml.…} or {@code memorandum.language.…}, what was found first; the first argument
     *     is the line
     */
    public static Memorandum parseYaml(String text) throws Malformed {
        return parseYaml(text, Map.of());
    }

    /**
     * Reads a text that may also extend profiles which the caller brings.
     *
     * @param profiles the texts of profiles by their names, none of which is the name of a profile of the house
     * @throws Malformed as {@link #parseYaml(String)}
     */
    public static Memorandum parseYaml(String text, Map<String, String> profiles) throws Malformed {
        Findings findings = new Findings();
        Optional<Memorandum> read = read(text, profiles, findings);
        findings.refuse();
        return read.orElseThrow();
    }

    /** Reads the text that people write and tells everything that is found in it, errors and warnings. */
    public static Reading check(String text) {
        return check(text, Map.of());
    }

    /** Checks a text that may also extend profiles which the caller brings, as {@link #parseYaml(String, Map)}. */
    public static Reading check(String text, Map<String, String> profiles) {
        Findings findings = new Findings();
        return reading(read(text, profiles, findings), findings);
    }

    /**
     * Checks a text that is complete in itself, every value written out: the words of a canonical form, laid out over lines. Nothing is
     * taken from profiles.
     */
    public static Reading checkComplete(String text) {
        Findings findings = new Findings();
        Optional<Memorandum> read = YamlText.parse(text, findings)
                .found()
                .flatMap(tree -> MemorandumReader.read(tree, Optional.empty(), findings));
        return reading(read, findings);
    }

    private static Reading reading(Optional<Memorandum> read, Findings findings) {
        return read.<Reading>map(memorandum -> new Reading.Sound(memorandum, findings.sorted()))
                .orElseGet(() -> new Reading.Faulty(findings.sorted()));
    }

    private static Optional<Memorandum> read(String text, Map<String, String> profiles, Findings findings) {
        Optional<Profiles> library = Optional.of(new Profiles(profiles));
        return YamlText.parse(text, findings).found().flatMap(tree -> MemorandumReader.read(tree, library, findings));
    }

    /**
     * Reads the canonical form, and refuses every other form of the same meaning.
     *
     * @throws Malformed as {@link #parseYaml}, {@code json.…} or {@code memorandum.canonical.…}
     */
    public static Memorandum parseCanonical(byte[] bytes) throws Malformed {
        Findings findings = new Findings();
        Optional<Memorandum> read = MemorandumReader.read(CanonicalText.parse(bytes), Optional.empty(), findings);
        findings.refuse();
        Memorandum memorandum = read.orElseThrow();
        if (!Arrays.equals(memorandum.canonical, bytes)) {
            throw new Malformed("memorandum.canonical.differs", memorandum.id());
        }
        return memorandum;
    }

    /** The bytes that parties sign. */
    public byte[] canonical() {
        return canonical.clone();
    }

    /** SHA-256 of the canonical form: the name of exactly this text. */
    public Digest digest() {
        return digest;
    }

    public String id() {
        return heading.id();
    }

    public int version() {
        return heading.version();
    }

    public Heading heading() {
        return heading;
    }

    public SortedMap<PartyCode, Party> parties() {
        return parties;
    }

    public SortedMap<Purpose, Named.PurposeTerms> purposes() {
        return purposes;
    }

    public SortedMap<Category, Named.CategoryTerms> categories() {
        return categories;
    }

    public SortedMap<ClauseNumber, Terms> clauses() {
        return clauses;
    }

    public SortedSet<Never> never() {
        return never;
    }

    /** The profiles that it extends, and where it goes beyond them. */
    public Extension extension() {
        return extension;
    }

    /** Promises of its own that its terms break; unless there are none it cannot be signed. */
    public Set<Never> brokenPromises() {
        Set<Never> broken = EnumSet.noneOf(Never.class);
        never.stream().filter(promise -> !promise.holds(this)).forEach(broken::add);
        return Collections.unmodifiableSet(broken);
    }

    public Optional<Party> party(PartyCode code) {
        return Optional.ofNullable(parties.get(code));
    }

    public Optional<Party.Authority> authority(AuthorityCode code) {
        return party(code.party()).map(party -> party.authorities().get(code));
    }

    public Optional<Named.PurposeTerms> purpose(Purpose purpose) {
        return Optional.ofNullable(purposes.get(purpose));
    }

    public Optional<Named.CategoryTerms> category(Category category) {
        return Optional.ofNullable(categories.get(category));
    }

    /** All clauses of one kind, in the order of their numbers. */
    public <T extends Terms> List<Numbered<T>> clausesOf(Class<T> kind) {
        return clauses.entrySet().stream()
                .filter(clause -> kind.isInstance(clause.getValue()))
                .map(clause -> new Numbered<>(clause.getKey(), kind.cast(clause.getValue())))
                .toList();
    }

    /** The number of a clause that every memorandum has exactly once. */
    public ClauseNumber mandatory(Class<? extends Terms> kind) {
        return clausesOf(kind).getFirst().number();
    }

    /** A clause of a known kind with its number. */
    public record Numbered<T extends Terms>(ClauseNumber number, T terms) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Memorandum that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return id() + " version " + version() + " " + digest;
    }
}
