package org.entente.node.demo;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a step says about itself: the words of its sentence for people, and details for machines. */
final class Telling {
    private static final String AGAIN = "-again";

    private final ObjectNode detail = JsonNodeFactory.instance.objectNode();
    private String variant = "";
    private Object[] words = {};

    /** Fills in the step's sentence. */
    void say(Object... filledIn) {
        words = filledIn.clone();
    }

    /** Fills in the sentence that says that an earlier run has done this step already. */
    void sayAgain(Object... filledIn) {
        sayInstead(AGAIN, filledIn);
    }

    /** Fills in another sentence of the step, whose code ends so. */
    void sayInstead(String ending, Object... filledIn) {
        variant = ending;
        words = filledIn.clone();
    }

    /** Details for machines, to be added to. */
    ObjectNode detail() {
        return detail;
    }

    String variant() {
        return variant;
    }

    Object[] words() {
        return words.clone();
    }
}
