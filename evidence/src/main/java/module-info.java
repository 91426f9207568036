/** What can be proved: canonical bytes, party cards, signed statements, logs, bundles and their verification. */
module org.entente.evidence {
    requires static transitive org.jspecify;
    requires transitive tools.jackson.databind;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    exports org.entente.evidence.bundle;
    exports org.entente.evidence.canonical;
    exports org.entente.evidence.card;
    exports org.entente.evidence.certificate;
    exports org.entente.evidence.fingerprint;
    exports org.entente.evidence.log;
    exports org.entente.evidence.statement;
    exports org.entente.evidence.succession;
    exports org.entente.evidence.tile;
    exports org.entente.evidence.time;
    exports org.entente.evidence.witness;
}
