package org.entente.exchange.form;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a form, strictly: {@code docs/spec/proceedings.md} has the members. A form that leaves a phase without a way on, or that nobody
 * can reach, is none.
 */
final class FormReader {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+){0,7}";
    private static final int NAME_MAX = 64;
    private static final int TITLE_MAX = 200;
    private static final int LIST_MAX = 64;
    private static final int VERSION_MAX = 1_000;
    private static final int OFFICERS_MAX = 4;

    private FormReader() {}

    static Form read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "");
        String name = name(members.text("form"));
        int version = (int) members.integer("version", 1, VERSION_MAX);
        Bilingual title = bilingual(members, "title");
        Bilingual about = bilingual(members, "about");
        Map<Side, Bilingual> sides = new EnumMap<>(Side.class);
        Members named = members.members("sides");
        for (Side side : Side.values()) {
            sides.put(side, bilingual(named, side.word()));
        }
        named.end();
        SequencedMap<String, Phase> phases = phases(members.object("phases"));
        SequencedMap<String, Step> steps = steps(members.object("steps"));
        List<Timer> timers = members.has("timers") ? timers(members.object("timers")) : List.of();
        members.end();
        Form.Heading heading = new Form.Heading(name, version, title, about, sides);
        Form form = new Form(heading, phases, opening(steps), timers, CanonicalJson.digest(node));
        FormCheck.require(form);
        return form;
    }

    /** The same with the step that opens at the head. */
    private static SequencedMap<String, Step> opening(SequencedMap<String, Step> steps) throws Malformed {
        List<Step> opening = steps.values().stream().filter(Step::opens).toList();
        if (opening.size() != 1 || opening.getFirst().by() != Side.OPENER) {
            throw new Malformed("form.opening-not-one");
        }
        SequencedMap<String, Step> sorted = new LinkedHashMap<>();
        sorted.put(opening.getFirst().name(), opening.getFirst());
        sorted.putAll(steps);
        return sorted;
    }

    private static SequencedMap<String, Phase> phases(ObjectNode listed) throws Malformed {
        SequencedMap<String, Phase> phases = new LinkedHashMap<>();
        for (String name : names(listed, "phases")) {
            Members members = Members.of(listed.get(name), "phases." + name);
            Bilingual title = bilingual(members, "title");
            Optional<Phase.Owed> owes = Optional.empty();
            if (members.has("owes")) {
                owes = Optional.of(
                        new Phase.Owed(Word.parse(Side.class, members.text("owes")), bilingual(members, "what")));
            }
            Optional<Effect> effect = word(Effect.class, members, "effect");
            Optional<String> until = members.optionalText("until");
            members.end();
            phases.put(name, new Phase(name, title, owes, effect, until));
        }
        return phases;
    }

    private static SequencedMap<String, Step> steps(ObjectNode listed) throws Malformed {
        SequencedMap<String, Step> steps = new LinkedHashMap<>();
        for (String name : names(listed, "steps")) {
            Members members = Members.of(listed.get(name), "steps." + name);
            Bilingual title = bilingual(members, "title");
            Side by = Word.parse(Side.class, members.text("by"));
            Set<String> from = texts(members, "from");
            Optional<String> to = members.optionalText("to");
            boolean prevails = yes(members, "prevails");
            Set<Role> approvers = new HashSet<>();
            for (JsonNode role : members.array("approve", 1, Role.values().length)) {
                approvers.add(Word.parse(Role.class, role.asString("")));
            }
            int officers = members.has("officers") ? (int) members.integer("officers", 1, OFFICERS_MAX) : 1;
            Optional<ActName> act = word(ActName.class, members, "act");
            List<Field> fields = members.has("fields") ? fields(members.object("fields"), true) : List.of();
            members.end();
            steps.put(
                    name,
                    new Step(
                            name,
                            title,
                            by,
                            new Step.Way(from, to, prevails),
                            new Step.Needs(approvers, officers, act),
                            fields));
        }
        return steps;
    }

    private static List<Field> fields(ObjectNode listed, boolean rowsAllowed) throws Malformed {
        List<Field> fields = new ArrayList<>();
        for (String name : names(listed, "fields")) {
            Members members = Members.of(listed.get(name), "fields." + name);
            Field.Type type = Word.parse(Field.Type.class, members.text("type"));
            if (type == Field.Type.ROWS && !rowsAllowed) {
                throw new Malformed("form.rows-in-rows", name);
            }
            boolean required = yes(members, "required");
            boolean open = yes(members, "open");
            boolean identifies = yes(members, "identifies");
            boolean many = yes(members, "many");
            Bilingual label = bilingual(members, "label");
            List<Field.Choice> choices = new ArrayList<>();
            if (type == Field.Type.CHOICE) {
                ObjectNode words = members.object("choices");
                Members labels = Members.of(words, "choices");
                for (String word : names(words, "choices")) {
                    choices.add(new Field.Choice(word, bilingual(labels, word)));
                }
            }
            List<Field> columns = type == Field.Type.ROWS ? fields(members.object("columns"), false) : List.of();
            members.end();
            fields.add(
                    new Field(name, label, new Field.Holds(type, many, choices, columns), required, open, identifies));
        }
        return fields;
    }

    private static List<Timer> timers(ObjectNode listed) throws Malformed {
        List<Timer> timers = new ArrayList<>();
        for (String name : names(listed, "timers")) {
            Members members = Members.of(listed.get(name), "timers." + name);
            Bilingual title = bilingual(members, "title");
            Side owed = Word.parse(Side.class, members.text("owed"));
            Set<String> runs = texts(members, "runs");
            Set<String> rests = texts(members, "rests");
            Timer.Within within = within(members.members("within"));
            members.end();
            timers.add(new Timer(name, title, owed, runs, rests, within));
        }
        return timers;
    }

    private static Timer.Within within(Members members) throws Malformed {
        Optional<String> field = members.optionalText("field");
        Map<String, Deadline> byUrgency = new LinkedHashMap<>();
        if (members.has("urgency")) {
            ObjectNode listed = members.object("urgency");
            Members terms = Members.of(listed, "urgency");
            for (String urgency : names(listed, "urgency")) {
                byUrgency.put(urgency, Deadline.parse(terms.text(urgency)));
            }
        }
        Optional<Timer.Agreed> agreed = word(Timer.Agreed.class, members, "agreed");
        Optional<Deadline> otherwise = Optional.empty();
        if (members.has("otherwise")) {
            otherwise = Optional.of(Deadline.parse(members.text("otherwise")));
        }
        members.end();
        return new Timer.Within(field, byUrgency, agreed, otherwise);
    }

    private static List<String> names(ObjectNode listed, String what) throws Malformed {
        if (listed.isEmpty() || listed.size() > LIST_MAX) {
            throw new Malformed("form.list-size", what, Integer.toString(LIST_MAX));
        }
        List<String> names = new ArrayList<>();
        for (String name : listed.propertyNames()) {
            names.add(name(name));
        }
        return names;
    }

    private static String name(String text) throws Malformed {
        if (text.length() > NAME_MAX || !text.matches(NAME)) {
            throw new Malformed("form.name-malformed");
        }
        return text;
    }

    private static Bilingual bilingual(Members members, String name) throws Malformed {
        Members both = members.members(name);
        Bilingual words = new Bilingual(both.line("en", TITLE_MAX), both.line("es", TITLE_MAX));
        both.end();
        return words;
    }

    private static Set<String> texts(Members members, String name) throws Malformed {
        Set<String> texts = new HashSet<>();
        if (members.has(name)) {
            for (JsonNode text : members.array(name, 1, LIST_MAX)) {
                texts.add(name(text.asString("")));
            }
        }
        return texts;
    }

    private static boolean yes(Members members, String name) throws Malformed {
        if (!members.has(name)) {
            return false;
        }
        JsonNode value = members.node(name);
        if (!value.isBoolean()) {
            throw new Malformed("form.yes-or-no-expected", name);
        }
        return value.booleanValue();
    }

    private static <E extends Enum<E> & Word> Optional<E> word(Class<E> list, Members members, String name)
            throws Malformed {
        return members.has(name) ? Optional.of(Word.parse(list, members.text(name))) : Optional.empty();
    }
}
