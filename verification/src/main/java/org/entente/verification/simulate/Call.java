package org.entente.verification.simulate;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.witness.WitnessReply;

/** What one node asks of another over the link. The bytes are those of the wire; nothing of them is believed. */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
sealed interface Call {
    /** Takes statements, in order. */
    record Statements(List<byte[]> documents) implements Call {}

    /** Takes a body. */
    record Body(Digest name, byte[] bytes) implements Call {}

    /** Cosigns a head of the caller's log. */
    record Head(byte[] submission) implements Call {}

    /** Says what it has seen of the caller's log. */
    record Seen() implements Call {}

    /** Gives entries of its own log of the relationship. */
    record Entries(long from) implements Call {}

    /** What comes back. */
    sealed interface Reply {
        /** One answer for each statement, as JSON. */
        record Answers(List<byte[]> answers) implements Reply {}

        record Taken() implements Reply {}

        record Witnessed(WitnessReply reply) implements Reply {}

        record Seen(Optional<String> head, List<Digest> beyond) implements Reply {}

        record Entries(List<Digest> entries) implements Reply {}

        /** The call is refused as a whole, with a code. */
        record Refused(String code) implements Reply {}
    }
}
