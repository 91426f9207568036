package org.entente.memorandum.rendering;

/**
 * A paragraph of a rendering, as plain text.
 *
 * @param number the clause's number; empty for what stands before and after the clauses
 */
public record Paragraph(String number, String text) {}
