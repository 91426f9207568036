package org.entente.evidence.witness;

import org.entente.evidence.canonical.Problem;

/**
 * What a witness answers over HTTP.
 *
 * @param status 200, 400, 403, 404, 409 or 422
 * @param contentType the value of {@code Content-Type}
 * @param body UTF-8: signature lines, the last cosigned size, or the code of a problem; each line ends in a line feed
 */
public record WitnessReply(int status, String contentType, String body) {
    /** The type of the body that says the last cosigned size. */
    public static final String SIZE_TYPE = "text/x.tlog.size";

    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    static WitnessReply cosigned(String lines) {
        return new WitnessReply(200, TEXT_TYPE, lines);
    }

    static WitnessReply standsAt(long size) {
        return new WitnessReply(409, SIZE_TYPE, size + "\n");
    }

    /** The code alone: what a stranger sent is not repeated to anybody. */
    static WitnessReply refused(int status, Problem problem) {
        return new WitnessReply(status, TEXT_TYPE, problem.code() + "\n");
    }
}
