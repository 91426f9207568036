package org.entente.matching.probe;

import org.entente.matching.index.Digest;

/**
 * Elements of one batch, to be charged to a quota or charged. Whoever hands one to {@link ProbeBatch#charged} says by it that the charge is
 * durable: it MUST survive a crash before the batch is evaluated.
 */
public record Charge(Digest batch, int elements) {}
