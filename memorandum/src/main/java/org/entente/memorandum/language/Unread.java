package org.entente.memorandum.language;

/** Leaves a part that cannot be read. Why not was found where it stands; whoever catches this adds nothing. */
final class Unread extends Exception {
    private static final long serialVersionUID = 1L;

    Unread() {
        super("found and said elsewhere", null, false, false);
    }
}
