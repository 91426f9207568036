package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.VerifiedAuthorisation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An act as it stands in a statement, so that the receiver decides on exactly what the sender decided on. */
final class ActJson {
    private static final int LIST_MAX = 64;
    private static final String YES = "yes";
    private static final String NO = "no";

    private ActJson() {}

    static ObjectNode write(Act act) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("act", act.name().word());
        Circumstances circumstances = act.circumstances();
        node.put("by", circumstances.by().text());
        node.put("counterpart", circumstances.counterpart().text());
        node.put("purpose", circumstances.purpose().code());
        node.put("category", circumstances.category().code());
        node.put("at", UtcSeconds.print(circumstances.at()));
        Grounds grounds = act.grounds();
        grounds.caseReference().ifPresent(reference -> node.put("case", reference));
        grounds.legalBasis().ifPresent(basis -> node.put("legalBasis", basis));
        ArrayNode approvers = node.putArray("approvers");
        grounds.approvers().stream()
                .sorted()
                .forEach(approver -> approvers
                        .addObject()
                        .put("authority", approver.authority().text())
                        .put("officer", approver.officer())
                        .put("role", approver.role().word()));
        ArrayNode consents = node.putArray("consents");
        grounds.consents().stream().sorted(Party.ORDER).forEach(consent -> consents.add(consent.text()));
        switch (act) {
            case Act.Probe probe -> {
                writeCharge(node, probe.charge());
                node.put("indexIdentifiers", probe.indexIdentifiers());
            }
            case Act.Watch watch -> {
                writeCharge(node, watch.charge());
                node.put("indexIdentifiers", watch.indexIdentifiers())
                        .put("begins", UtcSeconds.print(watch.rounds().begins()))
                        .put("until", UtcSeconds.print(watch.rounds().until()))
                        .put("each", watch.rounds().each().toString());
            }
            case Act.Reconcile reconcile -> node.put("indexIdentifiers", reconcile.indexIdentifiers());
            case Act.Index index -> writeItem(node, index.item());
            case Act.Request _ -> {
                // A request has no further facts.
            }
            case Act.Release release -> writeItem(node, release.item());
            case Act.Disseminate disseminate -> writeItem(node, disseminate.item());
            case Act.Contribute contribute -> writeItem(node, contribute.item());
            case Act.Forward forward -> {
                writeReceived(node, forward.received());
                node.put("to", forward.to().text());
                node.put("namedInRequest", yesNo(forward.namedInRequest()));
            }
            case Act.Use use -> {
                writeReceived(node, use.received());
                node.put("manner", use.manner().word());
            }
            case Act.Export export -> writeReceived(node, export.received());
            case Act.Retain retain -> writeReceived(node, retain.received());
            case Act.Announce announce -> {
                writeParties(node.putArray("named"), announce.named());
                writeParties(node.putArray("countersigned"), announce.countersigned());
            }
        }
        return node;
    }

    private static void writeCharge(ObjectNode node, Act.Charge charge) {
        node.put("identifiers", charge.identifiers()).put("alreadyCharged", charge.alreadyCharged());
        if (!charge.within().isEmpty()) {
            ObjectNode within = node.putObject("chargedWithin");
            charge.within().forEach((term, count) -> within.put(term, count.longValue()));
        }
    }

    private static Act.Charge charge(Members members) throws Malformed {
        long identifiers = members.integer("identifiers", 1, Act.COUNT_MAX);
        long longest = members.integer("alreadyCharged", 0, Act.COUNT_MAX);
        SortedMap<String, Long> within = new TreeMap<>();
        if (members.has("chargedWithin")) {
            List<String> terms = List.copyOf(members.object("chargedWithin").propertyNames());
            Members counts = members.members("chargedWithin");
            if (terms.isEmpty() || terms.size() > Act.Charge.TERMS_MAX) {
                throw new Malformed("memorandum.list-unsorted", "act.chargedWithin");
            }
            for (String term : terms) {
                within.put(Term.parse(term).toString(), counts.integer(term, 0, longest));
            }
        }
        return new Act.Charge(identifiers, longest, within);
    }

    private static void writeItem(ObjectNode node, Item item) {
        node.set("envelope", item.envelope().toJson());
        ArrayNode authorisations = node.putArray("authorisations");
        item.authorisations().stream()
                .map(authorisation -> authorisation.statement().hex())
                .sorted()
                .distinct()
                .forEach(authorisations::add);
        writeChallenged(node, item.challenged());
    }

    private static void writeReceived(ObjectNode node, Received received) {
        node.set("envelope", received.envelope().toJson());
        node.put("receivedOn", received.on().toString());
        writeChallenged(node, received.challenged());
        received.hold()
                .ifPresent(hold -> node.putObject("hold")
                        .put("court", hold.court())
                        .put("instrument", hold.instrument())
                        .put("review", hold.review().toString()));
    }

    /** What nobody challenges does not say so. */
    private static void writeChallenged(ObjectNode node, boolean challenged) {
        if (challenged) {
            node.put("challenged", YES);
        }
    }

    private static void writeParties(ArrayNode array, SortedSet<PartyCode> parties) {
        parties.forEach(party -> array.add(party.text()));
    }

    private static String yesNo(boolean yes) {
        return yes ? YES : NO;
    }

    static Act read(JsonNode node, Collection<VerifiedAuthorisation> known) throws Malformed {
        Members members = Members.of(node, "act");
        ActName name = Word.parse(ActName.class, members.text("act"));
        Circumstances circumstances = new Circumstances(
                AuthorityCode.parse(members.text("by")),
                AuthorityCode.parse(members.text("counterpart")),
                Purpose.parse(members.text("purpose")),
                Category.parse(members.text("category")),
                UtcSeconds.parse(members.text("at")));
        Grounds grounds = grounds(members);
        Act act = switch (name) {
            case PROBE -> new Act.Probe(circumstances, grounds, charge(members), indexIdentifiers(members));
            case WATCH ->
                new Act.Watch(circumstances, grounds, charge(members), indexIdentifiers(members), rounds(members));
            case RECONCILE -> new Act.Reconcile(circumstances, grounds, indexIdentifiers(members));
            case INDEX -> new Act.Index(circumstances, grounds, item(members, known));
            case REQUEST -> new Act.Request(circumstances, grounds);
            case RELEASE -> new Act.Release(circumstances, grounds, item(members, known));
            case DISSEMINATE -> new Act.Disseminate(circumstances, grounds, item(members, known));
            case CONTRIBUTE -> new Act.Contribute(circumstances, grounds, item(members, known));
            case FORWARD ->
                new Act.Forward(
                        circumstances,
                        grounds,
                        received(members),
                        AuthorityCode.parse(members.text("to")),
                        yes(members.text("namedInRequest")));
            case USE ->
                new Act.Use(
                        circumstances, grounds, received(members), Word.parse(Manner.class, members.text("manner")));
            case EXPORT -> new Act.Export(circumstances, grounds, received(members));
            case RETAIN -> new Act.Retain(circumstances, grounds, received(members));
            case ANNOUNCE ->
                new Act.Announce(
                        circumstances, grounds, parties(members, "named", 1), parties(members, "countersigned", 0));
        };
        members.end();
        return act;
    }

    private static Grounds grounds(Members members) throws Malformed {
        SortedSet<Approver> approvers = new TreeSet<>();
        for (JsonNode element : members.array("approvers", 0, LIST_MAX)) {
            Members approver = Members.of(element, "approvers");
            AuthorityCode authority = AuthorityCode.parse(approver.text("authority"));
            String officer = approver.text("officer");
            Role role = Word.parse(Role.class, approver.text("role"));
            approver.end();
            if (!officer.matches("[A-Za-z0-9._-]{2,64}")) {
                throw new Malformed("memorandum.word.unknown", Quoted.of(officer));
            }
            add(approvers, new Approver(authority, officer, role), "act.approvers");
        }
        SortedSet<AuthorityCode> consents = new TreeSet<>(Party.ORDER);
        for (JsonNode element : members.array("consents", 0, LIST_MAX)) {
            add(consents, AuthorityCode.parse(element.isString() ? element.stringValue() : ""), "act.consents");
        }
        return new Grounds(
                line(members, "case", Grounds.CASE_CHARACTERS_MAX),
                line(members, "legalBasis", Grounds.LEGAL_BASIS_CHARACTERS_MAX),
                approvers,
                consents);
    }

    private static Optional<String> line(Members members, String name, int charactersMax) throws Malformed {
        return members.has(name) ? Optional.of(members.line(name, charactersMax)) : Optional.empty();
    }

    private static <T> void add(SortedSet<T> sorted, T value, String path) throws Malformed {
        SortedSet<T> after = sorted.tailSet(value);
        if (!after.isEmpty()) {
            throw new Malformed("memorandum.list-unsorted", path);
        }
        sorted.add(value);
    }

    private static Rounds rounds(Members members) throws Malformed {
        Instant begins = UtcSeconds.parse(members.text("begins"));
        Instant until = UtcSeconds.parse(members.text("until"));
        Term each = Term.parse(members.text("each"));
        if (!begins.isBefore(until)) {
            throw new Malformed("memorandum.act.watch-ends-before");
        }
        return new Rounds(begins, until, each);
    }

    private static long indexIdentifiers(Members members) throws Malformed {
        return members.integer("indexIdentifiers", 0, Act.COUNT_MAX);
    }

    private static Item item(Members members, Collection<VerifiedAuthorisation> known) throws Malformed {
        Envelope envelope = Envelope.fromJson(members.node("envelope"));
        List<VerifiedAuthorisation> authorisations = new ArrayList<>();
        for (JsonNode element : members.array("authorisations", 0, LIST_MAX)) {
            Digest statement = Digest.parse(element.isString() ? element.stringValue() : "");
            authorisations.add(known.stream()
                    .filter(authorisation -> authorisation.statement().equals(statement))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("memorandum.authorisation.unknown", statement.hex())));
        }
        return new Item(envelope, authorisations, challenged(members));
    }

    private static boolean challenged(Members members) throws Malformed {
        if (!members.has("challenged")) {
            return false;
        }
        if (!yes(members.text("challenged"))) {
            throw new Malformed("memorandum.word.unknown", "challenged");
        }
        return true;
    }

    private static Received received(Members members) throws Malformed {
        Envelope envelope = Envelope.fromJson(members.node("envelope"));
        LocalDate on = IsoDay.parse(members.text("receivedOn"));
        boolean challenged = challenged(members);
        if (!members.has("hold")) {
            return new Received(envelope, on, challenged, Optional.empty());
        }
        Members hold = members.members("hold");
        LegalHold order = new LegalHold(
                hold.line("court", LegalHold.CHARACTERS_MAX),
                hold.line("instrument", LegalHold.CHARACTERS_MAX),
                IsoDay.parse(hold.text("review")));
        hold.end();
        return new Received(envelope, on, challenged, Optional.of(order));
    }

    private static SortedSet<PartyCode> parties(Members members, String name, int least) throws Malformed {
        SortedSet<PartyCode> parties = new TreeSet<>();
        for (JsonNode element : members.array(name, least, LIST_MAX)) {
            add(parties, PartyCode.parse(element.isString() ? element.stringValue() : ""), "act." + name);
        }
        return parties;
    }

    private static boolean yes(String text) throws Malformed {
        return switch (text) {
            case YES -> true;
            case NO -> false;
            default -> throw new Malformed("memorandum.word.unknown", Quoted.of(text));
        };
    }
}
