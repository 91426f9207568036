package org.entente.memorandum.item;

import java.util.Optional;

/**
 * What an officer reads before opening an item.
 *
 * @param grading empty when nobody graded it; a memorandum may refuse such items
 */
public record Marking(
        Optional<Grading> grading, Handling handling, SecrecyRegime secrecyRegime, PersonCategory personCategory) {}
