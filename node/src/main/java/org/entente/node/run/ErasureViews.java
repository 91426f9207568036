package org.entente.node.run;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.node.erasure.BodyLife;
import org.entente.node.erasure.Erasures;
import org.entente.node.erasure.LegalHolds;
import org.entente.node.officer.Officer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows how long what was exchanged is kept, what holds it longer, and what is gone. */
final class ErasureViews {
    private ErasureViews() {}

    /** Adds how long a statement's bodies are kept, whether they are held, and whether they are gone, here or there. */
    static void add(ObjectNode json, Digest statement, BodyLife.Register ends, LocalDate today) {
        Optional<LocalDate> until = ends.keptUntil(statement);
        until.ifPresent(day -> json.put("keptUntil", day.toString()));
        Optional<Erasures.Erased> here = ends.erasures().of(statement);
        here.ifPresent(erased -> json.set("erased", erased(erased)));
        ends.erasures().attested(statement).ifPresent(erased -> json.set("attested", erased(erased)));
        List<LegalHolds.Held> held = ends.holds().of(statement);
        List<Digest> restricting = ends.effects().restricting(statement, today);
        if (!restricting.isEmpty()) {
            json.put("restricted", true);
            ArrayNode openings = json.putArray("restrictedBy");
            restricting.forEach(opening -> openings.add(opening.hex()));
        }
        if (!held.isEmpty()) {
            json.put(
                    "restricted",
                    !restricting.isEmpty() || until.filter(today::isAfter).isPresent());
            ArrayNode orders = json.putArray("holds");
            held.forEach(one -> orders.add(hold(one, today)));
        }
    }

    static ObjectNode of(Erasures erasures, AuthorityCode authority) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode erased = json.putArray("erased");
        erasures.here(authority).forEach(one -> erased.add(erased(one)));
        ArrayNode attested = json.putArray("attested");
        erasures.attestedTo(authority).forEach(one -> attested.add(erased(one)));
        return json;
    }

    static ObjectNode of(LegalHolds holds, Officer officer, LocalDate today) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("holds");
        holds.all(officer).forEach(one -> array.add(hold(one, today)));
        ArrayNode unreviewed = json.putArray("unreviewed");
        holds.unreviewed().forEach(unreviewed::add);
        return json;
    }

    private static ObjectNode erased(Erasures.Erased erased) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", erased.statement().hex())
                .put("why", erased.why())
                .put("at", UtcSeconds.print(UtcSeconds.whole(erased.at())));
        erased.attestation().ifPresent(attestation -> json.put("attestation", attestation.hex()));
        return json;
    }

    private static ObjectNode hold(LegalHolds.Held held, LocalDate today) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", held.number())
                .put("statement", held.statement().hex())
                .put("court", held.order().court())
                .put("instrument", held.order().instrument())
                .put("review", held.order().review().toString())
                .put("placedBy", held.placed().officer())
                .put("placedAt", UtcSeconds.print(UtcSeconds.whole(held.placed().at())));
        json.put("overdue", held.lifted().isEmpty() && held.order().review().isBefore(today));
        held.lifted()
                .ifPresent(lifted -> json.put("liftedBy", lifted.by().officer())
                        .put(
                                "liftedAt",
                                UtcSeconds.print(UtcSeconds.whole(lifted.by().at())))
                        .put("reason", lifted.reason()));
        return json;
    }
}
