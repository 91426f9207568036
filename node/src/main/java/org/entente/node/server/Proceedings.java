package org.entente.node.server;

import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.decision.LegalHold;
import org.entente.node.act.NothingHere;
import org.entente.node.handover.ReceivedFiles;
import org.entente.node.handover.UploadedFiles;
import org.entente.node.officer.Officer;
import org.entente.node.proceeding.ProcedureViews;
import tools.jackson.databind.node.ObjectNode;

/**
 * How comparisons and handovers stand, as this officer may see them: those of the officer's authority, and those of the
 * whole party for oversight. The objects are those of the published interface description.
 */
public interface Proceedings {
    /** Answers {@code {"indices": […]}}. */
    ObjectNode indices(Officer officer);

    /** Answers {@code {"reconciles": […]}}. */
    ObjectNode reconciles(Officer officer);

    /** Answers {@code {"probes": […]}}, without their hits. */
    ObjectNode probes(Officer officer);

    /** One probe with its hits. */
    ObjectNode probe(Digest statement, Officer officer) throws NothingHere;

    /** Answers {@code {"watches": […]}}. */
    ObjectNode watches(Officer officer);

    /** Ends a watch before its term. */
    void endWatch(Digest statement, Officer officer) throws NothingHere;

    /** Answers {@code {"requests": […]}}. */
    ObjectNode requests(Officer officer);

    ObjectNode request(Digest statement, Officer officer) throws NothingHere;

    /** Answers {@code {"items": […]}}: what partners released to the officer's authority. */
    ObjectNode received(Officer officer);

    /** Answers {@code {"erased": […], "attested": […]}}: what is gone here, and what partners attest. */
    ObjectNode erasures(Officer officer);

    /** Answers {@code {"exported": […], "told": […]}}: what left here, and what partners say left there. */
    ObjectNode exports(Officer officer);

    /** Answers {@code {"holds": […], "unreviewed": […]}}: the orders, and the partners whose logs were restored since a person looked after orders. */
    ObjectNode holds(Officer officer);

    /** Proceedings under forms. */
    ProcedureViews procedures();

    /** Files that are sealed for a partner's authority and wait for their release. */
    UploadedFiles uploads();

    /** Files that came with what partners released. */
    ReceivedFiles files();

    /** The longest file that is taken. */
    long fileBytesMax();

    /** Holds the bodies of a request or release, so that they are restricted and not erased. */
    void hold(Digest statement, LegalHold order, Officer officer) throws Malformed, NothingHere;

    /** Says that holds which a restored copy does not know were looked for, so that erasure goes on. */
    void lookedAfterHolds(String reason, Officer officer) throws Malformed;

    /** Lifts a hold. */
    void liftHold(long number, String reason, Officer officer) throws NothingHere;
}
