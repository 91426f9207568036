package org.entente.node.act;

/** There is no such thing for this officer: what does not exist and what may not be seen are answered alike. */
public final class NothingHere extends Exception {
    private static final long serialVersionUID = 1L;
}
