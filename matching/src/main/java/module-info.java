/** What do we have in common: group arithmetic, RFC 9497, the keyed index and the probe session; bytes in, bytes out. */
module org.entente.matching {
    requires static transitive org.jspecify;
    requires static jdk.incubator.vector;

    exports org.entente.matching.group;
    exports org.entente.matching.oprf;
    exports org.entente.matching.index;
    exports org.entente.matching.probe;
}
