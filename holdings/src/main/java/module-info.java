/** What do we know: items with their provenance, identifiers and their normal forms, the lists they come from. */
module org.entente.holdings {
    requires static transitive org.jspecify;
    requires transitive org.entente.memorandum;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires org.iban4j;

    exports org.entente.holdings.generate;
    exports org.entente.holdings.identifier;
    exports org.entente.holdings.item;
    exports org.entente.holdings.list;
    exports org.entente.holdings.load;
    exports org.entente.holdings.table;
}
