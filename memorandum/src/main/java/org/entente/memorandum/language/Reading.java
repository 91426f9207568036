package org.entente.memorandum.language;

import java.util.List;

/** What reading a text gives: everything that was found, and the memorandum if nothing of it was an error. */
public sealed interface Reading {
    /** In the order of {@link Finding#ORDER}; a text with very many is told the first few hundred. */
    List<Finding> findings();

    /** A memorandum; the findings are warnings. */
    record Sound(Memorandum memorandum, List<Finding> findings) implements Reading {
        public Sound {
            findings = List.copyOf(findings);
        }
    }

    /** No memorandum; at least one finding is an error. */
    record Faulty(List<Finding> findings) implements Reading {
        public Faulty {
            findings = List.copyOf(findings);
        }
    }
}
