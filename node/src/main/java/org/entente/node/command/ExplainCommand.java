package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.rendering.Explanation;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.signing.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code entente memorandum explain}: what the memoranda say of one act, and why, in both languages. It decides as a node
 * would that holds them in the given state; nobody need have signed. Ends with 0 when the act is permitted, else with 1.
 */
@Command(name = "explain", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ExplainCommand implements Callable<Integer> {
    private static final int ACT_BYTES_MAX = 1 << 18;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "memorandum.files")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--act", required = true, paramLabel = "FILE", descriptionKey = "memorandum.act")
    private Path actFile = Path.of("");

    @Option(
            names = "--standing",
            defaultValue = "in-force",
            paramLabel = "in-force|suspended|withdrawn|draft",
            descriptionKey = "memorandum.standing")
    private String state = "";

    @Option(names = "--since", paramLabel = "MOMENT", descriptionKey = "memorandum.since")
    private String since = "";

    @Option(names = "--declared-by", paramLabel = "PARTY", descriptionKey = "memorandum.declared-by")
    private String declaredBy = "";

    @Override
    public Integer call() throws IOException, Malformed {
        Act act = Act.fromJson(CanonicalJson.parse(SourceFile.read(actFile, ACT_BYTES_MAX), ACT_BYTES_MAX), List.of());
        Instant begin = since.isEmpty() ? act.circumstances().at() : UtcSeconds.parse(since);
        List<Standing> standings = new ArrayList<>();
        for (Path file : files) {
            standings.add(standing(MemorandumCommand.read(file), act.circumstances(), begin));
        }
        Decider decider = Decider.under(standings);
        Decision decision = decider.decide(act);
        print(act, standings, begin);
        List<Memorandum> asked = decider.memoranda(act.circumstances());
        for (Language language : Language.values()) {
            spec.commandLine().getOut().println();
            spec.commandLine().getOut().println(Explanation.why(decision, asked, language));
        }
        return switch (decision) {
            case Decision.Permitted _ -> 0;
            case Decision.ConsentNeeded _, Decision.Refused _ -> Entente.REFUSED;
        };
    }

    private Standing standing(Memorandum memorandum, Circumstances facts, Instant begin) throws Malformed {
        PartyCode party = declaredBy.isEmpty() ? facts.by().party() : PartyCode.parse(declaredBy);
        return switch (state) {
            case "draft" -> new Standing.Draft(memorandum);
            case "in-force" -> new Standing.InForce(memorandum, begin);
            case "suspended" -> new Standing.Suspended(memorandum, party, begin, Collections.emptySortedSet());
            case "withdrawn" -> new Standing.Withdrawn(memorandum, party, begin, ends(memorandum, begin));
            default -> throw new Malformed("command.standing", state);
        };
    }

    /** When the notice has passed; at once where no clause speaks of one. */
    private static Instant ends(Memorandum memorandum, Instant declared) {
        return memorandum.clausesOf(Terms.Withdraw.class).stream()
                .findFirst()
                .map(clause -> clause.terms().notice().after(declared))
                .orElse(declared);
    }

    private void print(Act act, List<Standing> standings, Instant begin) {
        PrintWriter out = spec.commandLine().getOut();
        Circumstances facts = act.circumstances();
        out.println(String.join(
                "  ",
                act.name().word(),
                facts.by().text() + " → " + facts.counterpart().text(),
                facts.category().code(),
                facts.purpose().code(),
                UtcSeconds.print(facts.at())));
        for (Standing standing : standings) {
            Memorandum memorandum = standing.memorandum();
            out.println(String.join(
                    "  ",
                    memorandum.id(),
                    Integer.toString(memorandum.version()),
                    standing.word(),
                    UtcSeconds.print(begin),
                    memorandum.digest().hex()));
        }
    }
}
