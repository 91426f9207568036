package org.entente.memorandum.language;

/** A place in the text that people wrote: line and column, both from 1. */
record Spot(int line, int column) {
    static final Spot FIRST = new Spot(1, 1);
}
