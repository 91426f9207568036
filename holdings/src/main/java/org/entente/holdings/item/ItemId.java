package org.entente.holdings.item;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/**
 * The name of an item at its holder: the source's word, a colon, and the source's own key, so that the same entry has
 * the same id in every load. Where the key is a tax number the id is personal data: it belongs into bodies, never into
 * the clear part of a statement.
 */
public record ItemId(String text) implements Comparable<ItemId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,40}:[\\p{L}\\p{N}&:.~_/-]{1,200}");

    public ItemId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not an item id");
        }
    }

    /** Refuses with {@code holdings.item-id}. */
    public static ItemId parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("holdings.item-id");
        }
        return new ItemId(text);
    }

    @Override
    public int compareTo(ItemId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
