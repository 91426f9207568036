package org.entente.node.run;

import java.util.Optional;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.message.Comparison;
import org.entente.node.comparison.Watches;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.ledger.Statements;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows an officer the standing questions of the officer's own authority, and why those ended that did. */
final class WatchViews {
    private WatchViews() {}

    static ObjectNode of(Watches watches, Statements statements, AuthorityCode authority) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("watches");
        for (Watches.Watch watch : watches.of(authority)) {
            Comparison.WatchAsked asked = (Comparison.WatchAsked)
                    statements.find(watch.statement()).orElseThrow().message();
            ObjectNode one = array.addObject()
                    .put("statement", watch.statement().hex())
                    .put("case", watch.caseReference())
                    .put("index", watch.index().hex())
                    .put("purpose", asked.matter().purpose().code())
                    .put("holdings", watch.holdings())
                    .put("elements", asked.pace().elements())
                    .put("each", asked.pace().each().toString())
                    .put("until", UtcSeconds.print(watch.run().until()))
                    .put("rounds", watch.run().round() + 1)
                    .put("hits", watches.hits(watch.statement()));
            Optional<Problem> ended = watch.run().ended();
            one.put("state", ended.isPresent() ? "ended" : "running");
            if (ended.isPresent()) {
                one.putObject("why")
                        .put("code", ended.get().code())
                        .put("en", Catalogue.say(ended.get(), Language.ENGLISH))
                        .put("es", Catalogue.say(ended.get(), Language.SPANISH));
            } else {
                one.put("next", UtcSeconds.print(watch.run().due()));
            }
        }
        return json;
    }
}
