/** What passes between us: messages, bodies, delivery and proceedings, as state machines without I/O. */
module org.entente.exchange {
    requires static transitive org.jspecify;
    requires transitive org.entente.evidence;
    requires org.bouncycastle.provider;

    exports org.entente.exchange.body;
}
