package org.entente.node.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.exchange.message.Ending;
import org.entente.node.body.BodyFiles;
import org.entente.node.ledger.LogRestoring;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erases bodies when their term is over, with what was taken from them, and attests to their senders that they are gone.
 *
 * <p>The files go first, keys before bodies; then one transaction says so, records it and takes the item and the words out of the
 * database. After a crash in between, what is gone and not attested yet is looked for again, as the same statements are still due. No
 * hold can be placed meanwhile. Our own copies of what we sealed for a partner go in the same way and are attested to nobody.
 */
public final class BodyLife {
    /** How long a body may lie here before the statement that names it; a draft lives twelve hours, and partners bring both together. */
    public static final Duration ORPHANS_WAIT = Duration.ofDays(7);

    private static final Duration BETWEEN_LOOKS_AT_THE_FOLDER = Duration.ofHours(1);
    private static final int AT_ONCE = Ending.ErasureAttested.STATEMENTS_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(BodyLife.class);

    private final BodyFiles files;
    private final BodyTerms terms;
    private final Erasures erasures;
    private final LegalHolds holds;
    private final Saying saying;
    private final Completeness completeness;
    private final Clock clock;
    private Instant lookedAtFolder = Instant.EPOCH;

    /** How erasures are attested and recorded. */
    public record Saying(Voice voice, Sequencer sequencer) {}

    /** What is known of terms, erasures and holds, and of what proceedings say of items. */
    public record Register(BodyTerms terms, Erasures erasures, LegalHolds holds, ItemEffects effects) {
        public static Register of(JdbcClient sql, Statements statements, BodyFiles files, Clock clock) {
            Erasures erasures = new Erasures(sql, statements, clock);
            return new Register(
                    new BodyTerms(sql, statements),
                    erasures,
                    new LegalHolds(sql, statements, erasures, files, clock),
                    new ItemEffects(sql));
        }

        /** Until when the bodies of a request or release are kept, by what is known today. */
        public Optional<LocalDate> keptUntil(Digest statement) {
            return terms.lastDay(statement);
        }
    }

    public BodyLife(BodyFiles files, Register register, Saying saying, Completeness completeness, Clock clock) {
        this.files = files;
        this.terms = register.terms();
        this.erasures = register.erasures();
        this.holds = register.holds();
        this.saying = saying;
        this.completeness = completeness;
        this.clock = clock;
    }

    /** Erases what is due; may be called at any time, and again after a crash. */
    public void sweep() {
        terms.learn();
        synchronized (holds) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            List<BodyTerms.Due> due = due(today);
            while (erase(due) && due.size() == AT_ONCE) {
                due = due(today);
            }
        }
        if (!clock.instant().isBefore(lookedAtFolder.plus(BETWEEN_LOOKS_AT_THE_FOLDER))) {
            lookedAtFolder = clock.instant();
            // In a copy that is older than its folder, bodies of statements that come back are named by nothing yet.
            if (completeness.knowsAll()) {
                sweepFolder();
            }
        }
    }

    /** Nothing, while orders of courts may be missing. */
    private List<BodyTerms.Due> due(LocalDate today) {
        return completeness.mayJudge() && holds.unreviewed().isEmpty() ? terms.due(today, AT_ONCE) : List.of();
    }

    /** Erases these; false when one of them could not be. */
    private boolean erase(List<BodyTerms.Due> all) {
        Map<List<Actor>, List<BodyTerms.Due>> attested = new LinkedHashMap<>();
        List<BodyTerms.Due> own = new ArrayList<>();
        boolean complete = true;
        for (BodyTerms.Due due : all) {
            try {
                for (Digest body : due.bodies()) {
                    files.erase(body);
                }
                if (due.outgoing()) {
                    own.add(due);
                } else {
                    attested.computeIfAbsent(List.of(due.to(), due.from()), key -> new ArrayList<>())
                            .add(due);
                }
            } catch (IOException e) {
                LOG.error("the bodies of {} cannot be erased yet; it is tried again", due.statement(), e);
                complete = false;
            }
        }
        for (Map.Entry<List<Actor>, List<BodyTerms.Due>> between : attested.entrySet()) {
            try {
                attest(between.getKey().getFirst(), between.getKey().getLast(), between.getValue());
            } catch (LogRestoring rests) {
                LOG.warn(
                        "{} is told later that bodies are gone: {}",
                        between.getKey().getLast(),
                        rests.problem());
                complete = false;
            }
        }
        if (!own.isEmpty()) {
            saying.sequencer().write(() -> own.forEach(due -> erasures.record(due, Optional.empty())));
        }
        if (!all.isEmpty()) {
            LOG.info("the bodies of {} statements were erased: their time had come", all.size());
        }
        return complete;
    }

    private void attest(Actor by, Actor to, List<BodyTerms.Due> gone) {
        Ending.ErasureAttested message = new Ending.ErasureAttested(gone.stream()
                .map(due -> new Ending.ErasureAttested.Erased(due.statement(), due.why(), due.bodies()))
                .sorted(Comparator.comparing(one -> one.statement().hex()))
                .toList());
        saying.voice()
                .say(
                        message.draft(by, to, clock.instant()),
                        message,
                        to.party(),
                        said -> gone.forEach(due -> erasures.record(due, Optional.of(said.id()))));
    }

    /** Erases what no statement ever named, after some days, and at once what a partner brought again after it was erased. */
    private void sweepFolder() {
        try {
            List<Digest> here = files.all().toList();
            Set<Digest> needed = erasures.needed(here);
            Set<Digest> named = erasures.named(here);
            for (Digest body : here) {
                if (named.contains(body) && !needed.contains(body)) {
                    files.eraseUnless(
                            body, one -> !erasures.needed(List.of(one)).isEmpty());
                }
            }
            int orphans = files.sweep(
                    clock.instant().minus(ORPHANS_WAIT),
                    body -> !erasures.named(List.of(body)).isEmpty());
            if (orphans > 0) {
                LOG.info("{} bodies that no statement names were erased", orphans);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.error("the folder of bodies cannot be swept; it is tried again", e);
        }
    }
}
