/** What do we work on together? Cases, what may be done under them, and what came of it. */
module org.entente.casework {
    requires static transitive org.jspecify;
    requires transitive org.entente.evidence;
    requires transitive org.entente.memorandum;

    exports org.entente.casework.cases;
}
