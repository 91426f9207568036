package org.entente.holdings.list;

/** What became of a row. */
public sealed interface RowReading {
    /** It is an entry; flagged when the entry has doubts. */
    record Taken(ListEntry entry) implements RowReading {}

    /** It is no entry of this list. */
    record Refused(CellProblem why) implements RowReading {}
}
