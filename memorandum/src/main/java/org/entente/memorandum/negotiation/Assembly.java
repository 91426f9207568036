package org.entente.memorandum.negotiation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Finding;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Parts put together: laid out as YAML, so that findings have a place, and read as a text that is complete in itself. */
public final class Assembly {
    private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ./-]*[A-Za-z0-9])?");
    private static final String INDENT = "  ";

    private final SortedMap<Part, PartText> parts;
    private final StringBuilder text = new StringBuilder();
    private final NavigableMap<Integer, Part> begins = new TreeMap<>();
    private int line = 1;

    private Assembly(SortedMap<Part, PartText> parts) {
        this.parts = new TreeMap<>(parts);
        this.parts.values().removeIf(PartText::isLeftOut);
        Part.Section section = Part.Section.HEAD;
        for (PartText part : this.parts.values()) {
            if (part.part().section() != section) {
                section = part.part().section();
                if (!section.single()) {
                    write(section.key() + ":");
                }
            }
            begins.put(line, part.part());
            switch (section) {
                case HEAD -> entries(part.json(), "");
                case PROMISES -> entry(section.key(), part.json(), "");
                case PARTY, PURPOSE, CATEGORY, CLAUSE -> entry(part.part().name(), part.json(), INDENT);
            }
        }
    }

    /** Puts parts together; what is left out does not stand in the whole. */
    public static Assembly of(SortedMap<Part, PartText> parts) {
        return new Assembly(parts);
    }

    /** The whole as YAML. */
    public String text() {
        return text.toString();
    }

    /** The whole, if it is a memorandum and its canonical form is exactly these parts. */
    public Optional<Memorandum> memorandum() {
        return switch (Memorandum.checkComplete(text())) {
            case Reading.Sound sound when differing(sound.memorandum()).isEmpty() -> Optional.of(sound.memorandum());
            case Reading.Sound _, Reading.Faulty _ -> Optional.empty();
        };
    }

    /** Whether the whole can be signed by these parties and no others. */
    Settlement settle(SortedSet<PartyCode> parties) {
        Reading reading = Memorandum.checkComplete(text());
        List<Settlement.Flaw> flaws =
                new ArrayList<>(reading.findings().stream().map(this::flaw).toList());
        return switch (reading) {
            case Reading.Faulty _ -> new Settlement.Unsound(flaws);
            case Reading.Sound sound -> {
                List<Settlement.Flaw> errors = unsignable(sound.memorandum(), parties);
                yield errors.isEmpty()
                        ? new Settlement.Settled(sound.memorandum(), text(), flaws)
                        : new Settlement.Unsound(errors);
            }
        };
    }

    private List<Settlement.Flaw> unsignable(Memorandum memorandum, SortedSet<PartyCode> parties) {
        List<Settlement.Flaw> flaws = new ArrayList<>();
        differing(memorandum)
                .forEach(part -> flaws.add(new Settlement.Flaw(
                        Optional.of(part), 0, Problem.of("memorandum.negotiation.not-canonical", part.text()))));
        if (!memorandum.parties().keySet().equals(parties)) {
            flaws.add(new Settlement.Flaw(
                    Optional.empty(),
                    0,
                    Problem.of(
                            "memorandum.negotiation.parties-differ",
                            codes(memorandum.parties().keySet()),
                            codes(parties))));
        }
        memorandum
                .brokenPromises()
                .forEach(promise -> flaws.add(new Settlement.Flaw(
                        Optional.of(Part.PROMISES),
                        0,
                        Problem.of("memorandum.signing.promise-broken", memorandum.id(), promise.word()))));
        return flaws;
    }

    private static String codes(Iterable<PartyCode> parties) {
        List<String> codes = new ArrayList<>();
        parties.forEach(party -> codes.add(party.text()));
        return String.join(", ", codes);
    }

    /** Parts that mean what the memorandum says and are not written as its canonical form writes them. */
    private List<Part> differing(Memorandum memorandum) {
        if (Arrays.equals(CanonicalJson.encode(PartText.join(parts)), memorandum.canonical())) {
            return List.of();
        }
        SortedMap<Part, PartText> written = PartText.of(memorandum);
        return parts.values().stream()
                .filter(part -> !Optional.of(part).equals(Optional.ofNullable(written.get(part.part()))))
                .map(PartText::part)
                .toList();
    }

    private Settlement.Flaw flaw(Finding finding) {
        var begin = begins.floorEntry(finding.line());
        return new Settlement.Flaw(
                begin == null ? Optional.empty() : Optional.of(begin.getValue()), finding.line(), finding.problem());
    }

    private void entries(JsonNode object, String indent) {
        object.forEachEntry((key, value) -> entry(key, value, indent));
    }

    /** Lists of texts stand on one line; the canonical form has no others. */
    private void entry(String key, JsonNode value, String indent) {
        if (value.isObject()) {
            write(indent + scalar(key) + ":");
            entries(value, indent + INDENT);
        } else {
            write(indent + scalar(key) + ": " + flow(value));
        }
    }

    private static String flow(JsonNode value) {
        if (value.isArray()) {
            return "["
                    + String.join(", ", value.valueStream().map(Assembly::flow).toList()) + "]";
        }
        return value.isString() ? scalar(value.stringValue()) : CanonicalJson.text(value);
    }

    private static String scalar(String text) {
        return UNQUOTED.matcher(text).matches() ? text : CanonicalJson.text(StringNode.valueOf(text));
    }

    private void write(String written) {
        text.append(written).append('\n');
        line++;
    }
}
