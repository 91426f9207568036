package org.entente.memorandum.language;

import java.util.List;
import java.util.SequencedMap;

/**
 * A document as texts, lists and entries, with the line where each part stands. Every scalar is text: the language
 * decides what {@code no} or {@code 2.1} means, never the notation.
 */
sealed interface Tree {
    int line();

    record Text(String text, int line) implements Tree {}

    record Items(List<Tree> items, int line) implements Tree {}

    record Entries(SequencedMap<String, Entry> entries, int line) implements Tree {}

    record Entry(int line, Tree value) {}
}
