package org.entente.node.demo;

import java.io.IOException;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.node.client.NodeRefusal;
import org.entente.node.language.Catalogue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account of the story, for people as it happens and for machines at its end. A step that does not hold ends the
 * story: whatever comes after it would rest on it.
 */
final class Account {
    private static final long NANOS_OF_A_MILLI = 1_000_000L;

    private final Narrator narrator;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private boolean held;

    Account(Narrator narrator) {
        this.narrator = narrator;
        json.put("held", false);
        for (String list : List.of("steps", "hits", "common", "refusals", "bundles", "logs")) {
            json.putArray(list);
        }
    }

    /** What happens in a step. */
    interface Play<T> {
        T run(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken;
    }

    /** A step after which the story needs nothing. */
    interface Deed {
        void run(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken;
    }

    void chapter(String letter) {
        narrator.chapter("demo.chapter." + letter);
    }

    void step(String name, Deed deed) throws StoryBroken, InterruptedException {
        ask(name, telling -> {
            deed.run(telling);
            return true;
        });
    }

    /** Plays a step, tells it by the sentence {@code demo.NAME}, and hands on what came of it. */
    <T> T ask(String name, Play<T> play) throws StoryBroken, InterruptedException {
        narrator.working();
        long begun = System.nanoTime();
        Telling telling = new Telling();
        try {
            T result = play.run(telling);
            String sentence = narrator.sentence("demo." + name + telling.variant(), telling.words());
            record(name, begun, true, sentence, telling);
            return result;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (IOException | NodeRefusal | Malformed | StoryBroken | RuntimeException failure) {
            String sentence = narrator.sentence("demo.step-failed", name, reason(failure));
            record(name, begun, false, sentence, telling);
            throw new StoryBroken(Problem.of("demo.step-failed", name, reason(failure)));
        }
    }

    private void record(String name, long begun, boolean stepHeld, String sentence, Telling telling) {
        ObjectNode step = json.withArray("/steps").addObject();
        step.put("name", name)
                .put("held", stepHeld)
                .put("again", !telling.variant().isEmpty())
                .put("millis", (System.nanoTime() - begun) / NANOS_OF_A_MILLI)
                .put("sentence", sentence);
        step.set("detail", telling.detail());
        narrator.happened(stepHeld, sentence);
    }

    private String reason(Exception failure) {
        return switch (failure) {
            case StoryBroken broken -> Catalogue.say(broken.problem(), narrator.language());
            case Malformed malformed -> Catalogue.say(malformed.problem(), narrator.language());
            case NodeRefusal refusal ->
                refusal.getMessage()
                        + (refusal.clauses().isEmpty() ? "" : " [" + String.join(", ", refusal.clauses()) + "]");
            default -> failure.toString();
        };
    }

    /** A list of the account, to be added to. */
    ObjectNode entry(String list) {
        return json.withArray("/" + list).addObject();
    }

    void common(String identifier) {
        json.withArray("/common").add(identifier);
    }

    void put(String name, ObjectNode value) {
        json.set(name, value);
    }

    /** The last step has held. */
    void allHeld(long millis) {
        held = true;
        json.put("held", true).put("millis", millis);
    }

    boolean held() {
        return held;
    }

    ObjectNode json() {
        return json;
    }
}
