package org.entente.node.console;

import java.util.ArrayList;
import java.util.List;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.Rendering;
import org.entente.memorandum.signing.Standing;
import org.entente.node.memoranda.Memoranda;

/**
 * A memorandum, both languages side by side.
 *
 * @param rows paragraph by paragraph, so that the two texts keep step however they are scrolled
 */
public record MemorandumView(Frame frame, TodayView.MemorandumLine line, List<Row> rows) {

    /**
     * One paragraph in both languages.
     *
     * @param number the clause's number; empty for what stands before and after the clauses
     */
    public record Row(String number, String english, String spanish) {}

    /** The view of a memorandum as it stands now. */
    public static MemorandumView of(Frame frame, Standing standing, Memoranda memoranda) {
        Memorandum memorandum = standing.memorandum();
        List<Paragraph> english = Rendering.of(memorandum, Language.EN);
        List<Paragraph> spanish = Rendering.of(memorandum, Language.ES);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < english.size(); i++) {
            rows.add(new Row(
                    english.get(i).number(),
                    english.get(i).text(),
                    spanish.get(i).text()));
        }
        return new MemorandumView(frame, TodayView.MemorandumLine.of(frame, standing, memoranda), rows);
    }
}
