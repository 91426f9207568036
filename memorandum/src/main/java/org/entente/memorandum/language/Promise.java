package org.entente.memorandum.language;

/** What a memorandum is said never to permit: one of the promises that it can make itself, or what somebody else wants to know of it. */
public sealed interface Promise permits Never, Property {}
