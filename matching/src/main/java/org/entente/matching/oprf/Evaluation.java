package org.entente.matching.oprf;

import org.entente.matching.group.Elements;

/** What the responder sends back: an evaluated element for each blinded one, in order, and one proof over all. */
public record Evaluation(Elements evaluated, Proof proof) {}
