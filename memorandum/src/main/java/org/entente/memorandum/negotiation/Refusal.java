package org.entente.memorandum.negotiation;

import org.entente.evidence.canonical.Problem;

/** A statement that changes nothing, and why. */
public record Refusal(Move move, Problem problem) {}
