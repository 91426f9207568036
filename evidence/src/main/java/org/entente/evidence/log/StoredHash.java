package org.entente.evidence.log;

import org.entente.evidence.canonical.Digest;

/** The hash of a complete subtree and the place where {@link HashReader} finds it again. */
public record StoredHash(int level, long index, Digest hash) {}
