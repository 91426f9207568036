package org.entente.memorandum.language;

import java.util.SequencedMap;

/**
 * A base that memoranda extend, with what it takes over from other profiles already in it.
 *
 * @param clauses by their last number
 * @param silent by the head of a clause: the keys, and their values, that hold where a clause leaves them out
 */
record Profile(SequencedMap<Integer, Tree.Entries> clauses, SequencedMap<String, Tree.Entries> silent) {}
