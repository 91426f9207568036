package org.entente.memorandum.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.entente.evidence.canonical.Problem;
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
    private final Findings findings;

    private YamlText(Iterator<Event> events, Findings findings) {
        this.events = events;
        this.findings = findings;
    }

    /** The document, unless its notation is broken; what is, is among the findings. */
    static Read<Tree> parse(String text, Findings findings) {
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            findings.error(Spot.FIRST, Problem.of("memorandum.yaml.too-large", Integer.toString(BYTES_MAX / 1024)));
            return Read.nothing();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("memorandum")
                .setCodePointLimit(BYTES_MAX)
                .build();
        try {
            var parser = new ParserImpl(settings, new StreamReader(settings, text));
            return Read.whole(new YamlText(parser, findings)::document);
        } catch (MarkedYamlEngineException refused) {
            findings.error(spot(refused.getProblemMark()), syntax(spot(refused.getProblemMark())));
        } catch (YamlEngineException refused) {
            findings.error(Spot.FIRST, syntax(Spot.FIRST));
        }
        return Read.nothing();
    }

    private static Problem syntax(Spot spot) {
        return Problem.of("memorandum.yaml.syntax", Integer.toString(spot.line()), Integer.toString(spot.column()));
    }

    private Tree document() throws Unread {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = events.next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            findings.error(Spot.FIRST, Problem.of("memorandum.yaml.empty"));
            throw new Unread();
        }
        Tree root = tree(event, 1);
        while (events.hasNext()) {
            Event next = events.next();
            if (next.getEventId() == Event.ID.DocumentStart) {
                throw findings.unread(spot(next), "memorandum.yaml.several-documents");
            }
        }
        return root;
    }

    private Tree tree(Event event, int depth) throws Unread {
        if (depth > DEPTH_MAX) {
            throw findings.unread(spot(event), "memorandum.yaml.too-deep", Integer.toString(DEPTH_MAX));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw findings.unread(spot(event), "memorandum.yaml.anchor");
        }
        return switch (event) {
            case ScalarEvent scalar -> text(scalar);
            case SequenceStartEvent start -> items(start, depth);
            case MappingStartEvent start -> entries(start, depth);
            default -> {
                findings.error(spot(event), syntax(spot(event)));
                throw new Unread();
            }
        };
    }

    private Tree.Text text(ScalarEvent scalar) throws Unread {
        if (scalar.getTag().isPresent()) {
            throw findings.unread(spot(scalar), "memorandum.yaml.tag");
        }
        return new Tree.Text(scalar.getValue(), spot(scalar));
    }

    private Tree.Items items(SequenceStartEvent start, int depth) throws Unread {
        if (start.getTag().isPresent()) {
            throw findings.unread(spot(start), "memorandum.yaml.tag");
        }
        List<Tree> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(tree(event, depth + 1));
        }
        return new Tree.Items(items, spot(start));
    }

    private Tree.Entries entries(MappingStartEvent start, int depth) throws Unread {
        if (start.getTag().isPresent()) {
            throw findings.unread(spot(start), "memorandum.yaml.tag");
        }
        SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(tree(event, depth + 1) instanceof Tree.Text key)) {
                throw findings.unread(spot(event), "memorandum.yaml.key-not-text");
            }
            Tree value = tree(events.next(), depth + 1);
            if (entries.putIfAbsent(key.text(), new Tree.Entry(key.spot(), value)) != null) {
                findings.error(key.spot(), "memorandum.yaml.duplicate-key", Quoted.of(key.text()));
            }
        }
        return new Tree.Entries(entries, spot(start));
    }

    private static Spot spot(Event event) {
        return spot(event.getStartMark());
    }

    private static Spot spot(Optional<Mark> mark) {
        return mark.map(place -> new Spot(place.getLine() + 1, place.getColumn() + 1))
                .orElse(Spot.FIRST);
    }
}
