package org.entente.memorandum.officer;

import java.util.Locale;
import org.entente.memorandum.item.Word;

/** What an officer is in one authority; a person has one role at a time. */
public enum Role implements Word {
    /** Asks, works cases, confirms leads. */
    ANALYST,
    /** Answers the partner: releases, refuses, gives and withholds consent. */
    LIAISON,
    /** Drafts and signs memoranda, agrees to whole lists being compared. */
    LEGAL,
    /** Inspects everything and approves nothing, so that nobody inspects their own approval. */
    OVERSIGHT,
    /** Runs the node and approves nothing. */
    ADMINISTRATOR;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String word() {
        return word;
    }

    /** Whether this role's signature counts as an approval of the act. */
    public boolean mayApprove(ActName act) {
        return switch (this) {
            case ANALYST ->
                switch (act) {
                    case PROBE, WATCH, REQUEST, USE, CONTRIBUTE -> true;
                    case RECONCILE, INDEX, RELEASE, DISSEMINATE, FORWARD, EXPORT, ANNOUNCE, RETAIN -> false;
                };
            case LIAISON ->
                switch (act) {
                    case PROBE, WATCH, INDEX, REQUEST, RELEASE, DISSEMINATE, FORWARD, EXPORT, CONTRIBUTE, ANNOUNCE ->
                        true;
                    case RECONCILE, USE, RETAIN -> false;
                };
            case LEGAL ->
                switch (act) {
                    case RECONCILE, INDEX, FORWARD, USE, EXPORT, ANNOUNCE, RETAIN -> true;
                    case PROBE, WATCH, REQUEST, RELEASE, DISSEMINATE, CONTRIBUTE -> false;
                };
            case OVERSIGHT, ADMINISTRATOR -> false;
        };
    }
}
