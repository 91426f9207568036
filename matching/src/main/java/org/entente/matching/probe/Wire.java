package org.entente.matching.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.oprf.Proof;
import org.entente.matching.oprf.Voprf;

/** What the messages share: four bytes of kind and version, a count in four, then parts of known length; big-endian. */
final class Wire {
    static final int HEAD_BYTES = 8;

    private Wire() {}

    /** Writes the head of a message; the buffer goes on after it. */
    static ByteBuffer begin(byte[] message, int kind, int count) {
        return ByteBuffer.wrap(message).putInt(kind).putInt(count);
    }

    /** The count of a message that begins well; nothing is allocated before this has passed. */
    static int count(byte[] message, int kind) throws MalformedBatch {
        if (message.length < HEAD_BYTES) {
            throw new MalformedBatch(MalformedBatch.Reason.LENGTH, 0);
        }
        ByteBuffer head = ByteBuffer.wrap(message);
        if (head.getInt() != kind) {
            throw new MalformedBatch(MalformedBatch.Reason.NOT_THIS_MESSAGE, 0);
        }
        int count = head.getInt();
        if (count < 1 || count > Voprf.BATCH_ELEMENTS_MAX) {
            throw new MalformedBatch(MalformedBatch.Reason.COUNT, 0);
        }
        return count;
    }

    static void requireLength(byte[] message, long length) throws MalformedBatch {
        if (message.length != length) {
            throw new MalformedBatch(MalformedBatch.Reason.LENGTH, 0);
        }
    }

    static Elements elements(byte[] message, int from, int count) throws MalformedBatch {
        try {
            return Elements.decodeRefusingIdentity(Arrays.copyOfRange(message, from, from + count * Element.BYTES));
        } catch (EncodingRefused e) {
            throw refused(e);
        }
    }

    static Proof proof(byte[] message, int from) throws MalformedBatch {
        try {
            return Proof.decode(Arrays.copyOfRange(message, from, from + Proof.BYTES));
        } catch (EncodingRefused e) {
            throw refused(e);
        }
    }

    static MalformedBatch refused(EncodingRefused e) {
        MalformedBatch.Reason reason = switch (e.reason()) {
            case WRONG_LENGTH -> MalformedBatch.Reason.LENGTH;
            case ELEMENT_NOT_CANONICAL, SCALAR_NOT_CANONICAL -> MalformedBatch.Reason.NOT_CANONICAL;
            case IDENTITY -> MalformedBatch.Reason.IDENTITY;
        };
        return new MalformedBatch(reason, e.position());
    }
}
