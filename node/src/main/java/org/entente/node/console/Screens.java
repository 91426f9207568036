package org.entente.node.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;

/** Renders the screens. They were compiled with the program, and escape every value where it stands. */
public final class Screens {
    private static final String COMPILED = "org.entente.node.console.page";

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Screens.class.getClassLoader(), COMPILED);

    public String signIn(Frame frame, boolean refused) {
        return render("signin.jte", Map.of("frame", frame, "refused", refused));
    }

    public String today(TodayView view) {
        return render("today.jte", Map.of("view", view));
    }

    public String memorandum(MemorandumView view) {
        return render("memorandum.jte", Map.of("view", view));
    }

    /**
     * The screen of a refusal or a failure.
     *
     * @param clauses the clauses that refuse, for example {@code MX-US/2025-09 2.2}
     */
    public String problem(Frame frame, String sentence, List<String> clauses) {
        return render("problem.jte", Map.of("frame", frame, "sentence", sentence, "clauses", clauses));
    }

    private String render(String template, Map<String, Object> values) {
        TemplateOutput page = new StringOutput();
        templates.render(template, values, page);
        return page.toString();
    }
}
