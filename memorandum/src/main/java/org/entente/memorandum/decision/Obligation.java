package org.entente.memorandum.decision;

import org.entente.memorandum.item.Word;

/**
 * What whoever acts, or receives, owes for a permit.
 *
 * @param clause where it stands
 * @param term by when or how, as ISO 8601 or a word of the memorandum; empty when the duty says it all
 */
public record Obligation(Citation clause, Duty duty, String term) {
    /** The kinds of duty. */
    public enum Duty implements Word {
        /** A hit is a lead: a named person confirms identity before anything rests on it. */
        CONFIRM_LEAD("confirm-lead"),
        TELL_OF_HIT("tell-of-hit"),
        /** Tags of a shared index are deleted, and that is attested, when the epoch ends. */
        DELETE_TAGS("delete-tags"),
        /** What the list says, and since when, stays with the item. */
        KEEP_STATUS("keep-status"),
        HANDLE_AS("handle-as"),
        ERASE_BY("erase-by"),
        USE_AS_EVIDENCE("use-as-evidence"),
        ONWARD("onward"),
        ACKNOWLEDGE_WITHIN("acknowledge-within"),
        ANSWER_WITHIN("answer-within"),
        /** A later change of what a list says reaches whoever received the item. */
        TELL_OF_STATUS("tell-of-status"),
        /** Who obtained an item hears that it was used against an immediate threat. */
        TELL_OF_USE("tell-of-use"),
        /** What left the node can be called back. */
        LIST_FOR_RECALL("list-for-recall"),
        /** Kept for a court, and not used. */
        RESTRICT("restrict"),
        REVIEW_BY("review-by");

        private final String word;

        Duty(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
