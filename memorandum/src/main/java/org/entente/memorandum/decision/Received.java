package org.entente.memorandum.decision;

import java.time.LocalDate;
import java.util.Optional;
import org.entente.memorandum.item.Envelope;

/**
 * An item that was received from the counterpart.
 *
 * @param on the day of its release, from which its retention counts
 * @param challenged whether the party of the place has challenged its provenance, and has no answer yet
 * @param hold an order of a court not to erase it
 */
public record Received(Envelope envelope, LocalDate on, boolean challenged, Optional<LegalHold> hold) {}
