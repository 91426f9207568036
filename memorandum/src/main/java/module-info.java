/** What may be done: the memorandum's language, its life, and the decision on every act. */
module org.entente.memorandum {
    requires static transitive org.jspecify;
    requires transitive org.entente.evidence;
    requires org.snakeyaml.engine;

    exports org.entente.memorandum.item;
    exports org.entente.memorandum.officer;
    exports org.entente.memorandum.decision;
    exports org.entente.memorandum.language;
    exports org.entente.memorandum.proof;
    exports org.entente.memorandum.rendering;
    exports org.entente.memorandum.negotiation;
    exports org.entente.memorandum.page;
    exports org.entente.memorandum.signing;
}
