package org.entente.exchange.message;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.succession.LogReopened;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SeededRandom;
import org.entente.exchange.delivery.Parties;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.JointAuthorisation;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.SignedTexts;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages of every kind, drawn from a seed. */
public final class Samples {
    public static final PartyCode MX = new PartyCode("MX");
    public static final PartyCode US = new PartyCode("US");

    private static final PublicKeys KEYS =
            SecretKeys.generate(new SeededRandom(11)).publicKeys();

    private final Random random;

    public Samples(long seed) {
        this.random = new Random(seed);
    }

    private Message declared(Kind kind) {
        LifecycleEvent.Kind declared =
                Word.find(LifecycleEvent.Kind.class, kind.word()).orElseThrow();
        TreeSet<ClauseNumber> clauses = new TreeSet<>();
        if ((kind == Kind.MEMORANDUM_SUSPENDED || kind == Kind.MEMORANDUM_RESUMED) && random.nextBoolean()) {
            clauses.add(new ClauseNumber("3." + (1 + random.nextInt(9))));
            clauses.add(new ClauseNumber("5." + (1 + random.nextInt(20))));
        }
        return new Arrangement.MemorandumDeclared(new Declaration(
                declared,
                "MX-US/2025-" + number(),
                number(),
                digest(),
                clauses,
                kind == Kind.MEMORANDUM_SIGNED ? Optional.of(new SignedTexts(digest(), digest())) : Optional.empty()));
    }

    public Message message(Kind kind) {
        return switch (kind) {
            case OFFICER_APPOINTED ->
                new Arrangement.OfficerAppointed("of." + random.nextInt(1000), authority(), pick(Role.values()), KEYS);
            case CARD_SUCCEEDED -> new Arrangement.CardReplaced(new CardSucceeded(Parties.MX_CARD));
            case KEY_REVOKED ->
                new Arrangement.KeyTakenBack(new KeyRevoked(
                        pick(KeyName.of(Parties.MX_CARD).toArray(KeyName[]::new)), pick(KeyRevoked.Reason.values())));
            case LOG_REOPENED ->
                new Arrangement.LogContinued(new LogReopened(
                        "entente/log/MX/US/1",
                        "entente/log/MX/US/2",
                        9,
                        new LogReopened.Extent(4, digest()),
                        new LogReopened.Extent(5 + random.nextInt(9), digest()),
                        pick(LogReopened.Reason.values())));
            case MEMORANDUM_SIGNED, MEMORANDUM_SUSPENDED, MEMORANDUM_RESUMED, MEMORANDUM_WITHDRAWN -> declared(kind);
            case JOINT_AUTHORISATION -> new Arrangement.JointAuthorised(jointAuthorisation());
            case JOINT_AUTHORISATION_COUNTERSIGNED -> new Arrangement.JointCountersigned(digest());
            case INDEX_ANNOUNCED -> indexAnnounced();
            case RECONCILE_ASKED -> new Comparison.ReconcileAsked(digest(), category(), purpose(), digest());
            case RECONCILE_AGREED -> new Comparison.ReconcileAgreed(digest(), decision());
            case PROBE_ASKED -> probeAsked();
            case WATCH_ASKED -> watchAsked();
            case PROBE_ANSWERED -> new Comparison.ProbeAnswered(digest(), body(), decision());
            case ITEM_REQUESTED -> itemRequested();
            case REQUEST_DECIDED ->
                new Handover.RequestDecided(digest(), pick(Handover.Verdict.values()), maybe(clause()));
            case ITEM_RELEASED -> itemReleased(digest());
            case ITEM_EXPORTED -> new Onward.ItemExported(digest(), purpose(), digest(), decision());
            case PROCEEDING_OPENED -> proceedingOpened();
            case STEP_TAKEN -> stepTaken(digest());
            case EPOCH_ENDED -> new Ending.EpochEnded(digest(), bytes(32), pick(Ending.Why.values()));
            case INDEX_ERASED -> new Ending.IndexErased(digest(), 1 + random.nextInt(1_025));
            case ERASURE_ATTESTED -> erasureAttested();
            case REFUSED -> new Reply.Refused(digest(), pick(Reply.Reason.values()), maybe(clause()));
            case RECEIPT -> new Reply.Receipt(digest(), pick(Reply.Stage.values()), maybe((long) random.nextInt(1000)));
        };
    }

    private Message erasureAttested() {
        List<Ending.ErasureAttested.Erased> erased = new ArrayList<>();
        for (Digest statement : ascending(1 + random.nextInt(5))) {
            erased.add(new Ending.ErasureAttested.Erased(
                    statement, pick(Ending.Cause.values()), ascending(1 + random.nextInt(8))));
        }
        return new Ending.ErasureAttested(erased);
    }

    private List<Digest> ascending(int count) {
        return Stream.generate(this::digest)
                .limit(count)
                .sorted(Comparator.comparing(Digest::hex))
                .toList();
    }

    /** Of a form that asks, one that hands over, or one that does neither. */
    public Procedure.ProceedingOpened proceedingOpened() {
        return switch (random.nextInt(3)) {
            case 0 -> opened("firearm-trace", "ask", Optional.empty());
            case 1 -> opened("designation-notice", "tell", Optional.of(envelope()));
            default ->
                new Procedure.ProceedingOpened(
                        new Procedure.Named("recall", 1, "recall"),
                        Optional.empty(),
                        Procedure.Given.of(open(), maybe(body()), Optional.empty()),
                        Optional.empty());
        };
    }

    private Procedure.ProceedingOpened opened(String form, String step, Optional<Envelope> envelope) {
        Category category = envelope.map(Envelope::category).orElseGet(this::category);
        return new Procedure.ProceedingOpened(
                new Procedure.Named(form, 1, step),
                Optional.of(new Procedure.Matter(category, purpose(), maybe(digest()))),
                Procedure.Given.of(open(), Optional.of(body()), envelope),
                Optional.of(decision()));
    }

    public Procedure.StepTaken stepTaken(Digest proceeding) {
        boolean answer = random.nextBoolean();
        return new Procedure.StepTaken(
                proceeding,
                maybe(digest()),
                new Procedure.Named("firearm-trace", 1, answer ? "answer" : "acknowledge"),
                Procedure.Given.of(
                        open(),
                        answer ? Optional.of(body()) : maybe(body()),
                        answer ? Optional.of(envelope()) : Optional.empty()),
                answer ? Optional.of(decision()) : Optional.empty());
    }

    private ObjectNode open() {
        return JsonNodeFactory.instance.objectNode().put("urgency", "priority").put("time-to-crime", number());
    }

    public Message itemRequested() {
        return new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        category(),
                        purpose(),
                        digest(),
                        pick(Handover.Urgency.values()),
                        new Handover.Hit(digest(), random.nextInt(100_000))),
                body(),
                decision());
    }

    public Message itemReleased(Digest request) {
        List<BodyReference> files =
                Stream.generate(this::body).limit(random.nextInt(17)).toList();
        return new Handover.ItemReleased(
                request, envelope(), body(), files, bytes(1 + random.nextInt(200)), decision());
    }

    public Message probeAsked() {
        Comparison.Ground ground = switch (random.nextInt(3)) {
            case 0 -> new Comparison.Ground.UnderCase(digest());
            case 1 -> new Comparison.Ground.UnderReconcile(digest());
            default -> new Comparison.Ground.UnderWatch(digest());
        };
        Comparison.Batch batch = new Comparison.Batch(1 + random.nextInt(65_536), digest(), digest(), body(), body());
        return new Comparison.ProbeAsked(ground, category(), purpose(), digest(), batch, decision());
    }

    private Message watchAsked() {
        Instant next = Instant.ofEpochSecond(1_800_000_000L + random.nextInt(1_000_000));
        return new Comparison.WatchAsked(
                new Comparison.WatchAsked.Matter(digest(), category(), purpose(), digest()),
                new Pace(
                        64 * (1 + random.nextInt(100)),
                        next,
                        next.plusSeconds(random.nextInt(10_000_000)),
                        new Term(Duration.ofHours(1 + random.nextInt(100)))),
                body(),
                decision());
    }

    private Message indexAnnounced() {
        Comparison.MatchMode mode = pick(Comparison.MatchMode.values());
        return new Comparison.IndexAnnounced(
                new Comparison.Scope(digest(), category(), maybe(purpose())),
                new Comparison.Epoch(
                        random.nextInt(100),
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt())),
                mode,
                new Comparison.IndexCommitment(
                        bytes(32),
                        1 + random.nextInt(1_000_000),
                        digest(),
                        random.nextBoolean() ? 0 : 1 + random.nextInt(1_024)),
                mode == Comparison.MatchMode.SHARED_INDEX ? Optional.of(body()) : Optional.empty(),
                random.nextBoolean() ? new TreeSet<>() : new TreeSet<>(List.of("name-birth", "name-state")));
    }

    private Envelope envelope() {
        Provenance provenance = new Provenance(
                authority(),
                random.nextBoolean() ? new Territory("US-AZ") : pick(Unplaced.values()),
                LocalDate.of(2025, 1, 1).plusDays(random.nextInt(300)),
                "Ley, artículo " + number(),
                maybe("JA-" + number()),
                digest());
        Marking marking = new Marking(
                maybe(new Grading(pick(Grading.Source.values()), 1 + random.nextInt(4))),
                new Handling(pick(Handling.Code.values()), pick(Handling.Audience.values())),
                pick(SecrecyRegime.values()),
                pick(PersonCategory.values()));
        TreeSet<Purpose> purposes = new TreeSet<>(List.of(purpose(), purpose()));
        return Envelope.of(category(), purposes, provenance, marking, Period.ofYears(1 + random.nextInt(5)));
    }

    private JointAuthorisation jointAuthorisation() {
        LocalDate from = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(300));
        return new JointAuthorisation(
                "JA-" + number(),
                new Territory("MX-SIN"),
                new JointAuthorisation.Between(MX, US),
                new TreeSet<>(List.of(category(), category())),
                purpose(),
                new JointAuthorisation.Window(from, from.plusDays(random.nextInt(90))));
    }

    /** A decision as another node might have sent it: its form is checked here, its truth by the passage. */
    private SentDecision decision() {
        return new SentDecision(
                CanonicalJson.text(JsonNodeFactory.instance
                        .objectNode()
                        .put("act", "probe")
                        .put("identifiers", number())),
                CanonicalJson.text(JsonNodeFactory.instance.objectNode().put("outcome", "permitted")));
    }

    public Digest digest() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Digest.ofBytes(bytes);
    }

    public BodyReference body() {
        return new BodyReference(digest(), 1 + random.nextLong(1L << 40), digest());
    }

    private AuthorityCode authority() {
        return random.nextBoolean() ? new AuthorityCode(MX, "UIF") : new AuthorityCode(US, "FINCEN");
    }

    private Category category() {
        return new Category(random.nextBoolean() ? "company" : "public-list-entry");
    }

    private Purpose purpose() {
        return new Purpose(random.nextBoolean() ? "drug-trafficking" : "money-laundering");
    }

    private String clause() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(part -> Integer.toString(1 + random.nextInt(99)))
                .collect(Collectors.joining("."));
    }

    private String bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64Text.url(bytes);
    }

    private int number() {
        return 1 + random.nextInt(99);
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
