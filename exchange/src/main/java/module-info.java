/** What passes between us: messages, bodies, delivery and proceedings, as state machines without I/O. */
module org.entente.exchange {
    requires static transitive org.jspecify;
    requires transitive org.entente.evidence;
    requires transitive org.entente.memorandum;
    requires org.bouncycastle.provider;

    exports org.entente.exchange.body;
    exports org.entente.exchange.calendar;
    exports org.entente.exchange.delivery;
    exports org.entente.exchange.form;
    exports org.entente.exchange.message;
    exports org.entente.exchange.passage;
    exports org.entente.exchange.proceeding;
}
