package org.entente.node.console;

import java.util.List;

/**
 * What the first screen shows.
 *
 * @param memoranda those that this node knows, newest first
 * @param timeline statements said and received, newest first
 */
public record TodayView(
        Frame frame,
        List<MemorandumLine> memoranda,
        List<HoldingLine> holdings,
        List<PartnerLine> partners,
        List<TimelineLine> timeline) {

    /**
     * One memorandum and where it stands.
     *
     * @param state the state in words
     * @param tone the kit's colour for the state: {@code green}, {@code amber}, {@code red}, {@code secondary}
     */
    public record MemorandumLine(String id, String title, String state, String tone, String since, String digest) {}

    /** How many items of a category an authority holds, and how many of them are cleared or quarantined. */
    public record HoldingLine(String authority, String category, long items, long cleared, long quarantined) {}

    /** A partner: whether anything waits for it, and how far its witness has followed our log. */
    public record PartnerLine(
            String code, String name, long waiting, long logSize, long cosignedSize) {}

    /**
     * One statement.
     *
     * @param party code of the party that said it, whose colour marks the line
     * @param kind what kind of statement, in words
     * @param summary the purpose, category and clauses that it names, in one line
     */
    public record TimelineLine(
            String time, String party, String sender, String receiver, String kind, String summary, String id) {}
}
