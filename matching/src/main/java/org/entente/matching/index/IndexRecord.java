package org.entente.matching.index;

/**
 * One record of the holdings that is to be found by one identifier.
 *
 * @param recordId the responder's own name of the record, 1 to 255 characters; it stands in the index only as a salted commitment
 */
public record IndexRecord(MatchInput input, Label label, String recordId) {
    public IndexRecord {
        if (recordId.isEmpty() || recordId.length() > 255) {
            throw new IllegalArgumentException("a record id has 1 to 255 characters");
        }
        if (input.isPadding()) {
            throw new IllegalArgumentException("padding is not a record");
        }
    }
}
