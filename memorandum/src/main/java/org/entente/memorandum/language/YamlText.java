package org.entente.memorandum.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the part of YAML 1.2 that a signed text can afford. Anchors and aliases (which explode, and hide what is read),
 * tags, several documents and duplicate keys are refused.
 *
 * <p>It works on the parser's events rather than on composed nodes, so that the depth is checked before anything
 * recurses and nothing is ever constructed from a tag.
 */
final class YamlText {
    static final int BYTES_MAX = 256 * 1024;
    static final int DEPTH_MAX = 16;

    private final Iterator<Event> events;

    private YamlText(Iterator<Event> events) {
        this.events = events;
    }

    static Tree parse(String text) throws Malformed {
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw new Malformed("memorandum.yaml.too-large", Integer.toString(BYTES_MAX / 1024));
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("memorandum")
                .setCodePointLimit(BYTES_MAX)
                .build();
        try {
            return new YamlText(new ParserImpl(settings, new StreamReader(settings, text))).document();
        } catch (MarkedYamlEngineException refused) {
            Optional<Mark> mark = refused.getProblemMark();
            throw new Malformed(
                    "memorandum.yaml.syntax",
                    Integer.toString(mark.map(Mark::getLine).orElse(0) + 1),
                    Integer.toString(mark.map(Mark::getColumn).orElse(0) + 1));
        } catch (YamlEngineException refused) {
            throw new Malformed("memorandum.yaml.syntax", "1", "1");
        }
    }

    private Tree document() throws Malformed {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = events.next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            throw new Malformed("memorandum.yaml.empty");
        }
        Tree root = tree(event, 1);
        while (events.hasNext()) {
            Event next = events.next();
            if (next.getEventId() == Event.ID.DocumentStart) {
                throw new Malformed("memorandum.yaml.several-documents", line(next));
            }
        }
        return root;
    }

    private Tree tree(Event event, int depth) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw new Malformed("memorandum.yaml.too-deep", line(event), Integer.toString(DEPTH_MAX));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new Malformed("memorandum.yaml.anchor", line(event));
        }
        return switch (event) {
            case ScalarEvent scalar -> text(scalar);
            case SequenceStartEvent start -> items(start, depth);
            case MappingStartEvent start -> entries(start, depth);
            default -> throw new Malformed("memorandum.yaml.syntax", line(event), "1");
        };
    }

    private static Tree.Text text(ScalarEvent scalar) throws Malformed {
        if (scalar.getTag().isPresent()) {
            throw new Malformed("memorandum.yaml.tag", line(scalar));
        }
        return new Tree.Text(scalar.getValue(), lineNumber(scalar));
    }

    private Tree.Items items(SequenceStartEvent start, int depth) throws Malformed {
        if (start.getTag().isPresent()) {
            throw new Malformed("memorandum.yaml.tag", line(start));
        }
        List<Tree> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(tree(event, depth + 1));
        }
        return new Tree.Items(items, lineNumber(start));
    }

    private Tree.Entries entries(MappingStartEvent start, int depth) throws Malformed {
        if (start.getTag().isPresent()) {
            throw new Malformed("memorandum.yaml.tag", line(start));
        }
        SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(tree(event, depth + 1) instanceof Tree.Text key)) {
                throw new Malformed("memorandum.yaml.key-not-text", line(event));
            }
            if (entries.containsKey(key.text())) {
                throw new Malformed("memorandum.yaml.duplicate-key", line(event), Quoted.of(key.text()));
            }
            entries.put(key.text(), new Tree.Entry(key.line(), tree(events.next(), depth + 1)));
        }
        return new Tree.Entries(entries, lineNumber(start));
    }

    private static String line(Event event) {
        return Integer.toString(lineNumber(event));
    }

    private static int lineNumber(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
