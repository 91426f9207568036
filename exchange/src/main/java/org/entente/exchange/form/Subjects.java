package org.entente.exchange.form;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import tools.jackson.databind.JsonNode;

/** Whom and what the values of a step are about, so that the same question is recognised when it is asked twice. */
public final class Subjects {
    /** What is shorter says too little to be called the same. */
    private static final int LETTERS_MIN = 4;

    private Subjects() {}

    /**
     * Digests of the values that identify somebody or something, whatever the case, accents, spaces and punctuation they are written with.
     * Values that are not of their type count for nothing.
     */
    public static SortedSet<Digest> of(Step step, JsonNode values) {
        SortedSet<Digest> subjects = new TreeSet<>(Comparator.comparing(Digest::hex));
        for (Field field : step.fields()) {
            collect(field, values.path(field.name()), subjects);
        }
        return subjects;
    }

    private static void collect(Field field, JsonNode value, SortedSet<Digest> subjects) {
        if (value.isArray()) {
            value.forEach(one -> collect(field, one, subjects));
        } else if (value.isObject()) {
            field.holds().columns().forEach(column -> collect(column, value.path(column.name()), subjects));
        } else if (field.identifies() && value.isString()) {
            String bare = bare(value.stringValue());
            if (bare.length() >= LETTERS_MIN) {
                subjects.add(Digest.of(bare.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String bare(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[^\\p{L}\\p{N}]", "")
                .toUpperCase(Locale.ROOT);
    }
}
