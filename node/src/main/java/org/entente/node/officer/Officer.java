package org.entente.node.officer;

import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.officer.Role;

/**
 * A named person of one authority. Partners see the pseudonym only; the party can say who it is.
 *
 * @param pseudonym lower-case word, unique within the party, for example {@code uif-analyst-1}
 * @param name the person's name as colleagues know it
 */
public record Officer(String pseudonym, String name, AuthorityCode authority, Role role) {}
