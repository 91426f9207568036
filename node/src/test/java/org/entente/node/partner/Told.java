package org.entente.node.partner;

import org.entente.evidence.canonical.Digest;

/**
 * What the node answered about one statement.
 *
 * @param outcome {@code acknowledged}, {@code refused} or {@code later}
 * @param code of the problem, empty unless it refused
 */
public record Told(Digest statement, String outcome, String code) {}
