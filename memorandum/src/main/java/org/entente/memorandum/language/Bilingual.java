package org.entente.memorandum.language;

/** The same words in both languages of the house. */
public record Bilingual(String en, String es) {}
