package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Message;
import org.entente.matching.index.MatchInput;
import org.entente.node.comparison.OpenedProbe;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code entente evidence verify-probe}: what a probe asked, position by position, recomputed against the signed statement in a bundle. Nothing
 * is printed of an opening that does not hold.
 */
@Command(name = "verify-probe", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class VerifyProbeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OPENING", descriptionKey = "evidence.opening")
    private Path opening = Path.of("");

    @Parameters(index = "1", paramLabel = "BUNDLE", descriptionKey = "evidence.opening-bundle")
    private Path bundle = Path.of("");

    @Option(names = "--probe", paramLabel = "PROBE", descriptionKey = "evidence.probe")
    private String probe = "";

    @Mixin
    private BundleReader reader = new BundleReader();

    @Override
    public Integer call() throws IOException, Malformed {
        Language language = Language.ofEnvironment(System.getenv());
        OpenedProbe opened = OpenedProbe.parse(SourceFile.read(opening, OpenedProbe.BYTES_MAX));
        BundleOutcome outcome = reader.verify(BundleReader.read(bundle));
        if (!(outcome instanceof BundleOutcome.Verified)) {
            BundleReader.explain(outcome, spec.commandLine().getErr(), language);
        }
        if (outcome.report().isEmpty()) {
            return outcome.exitCode();
        }
        return judged(opened, outcome.report().get(), language) ? outcome.exitCode() : Entente.REFUSED;
    }

    private boolean judged(OpenedProbe opened, BundleReport report, Language language) {
        try {
            Digest id = probe.isEmpty() ? opened.statement() : Digest.parse(probe);
            Statement statement = report.statements().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("comparison.opening-not-in-bundle", id.hex()));
            if (!(Message.read(statement) instanceof Comparison.ProbeAsked asked)) {
                throw new Malformed("comparison.opening-not-in-bundle", id.hex());
            }
            List<MatchInput> positions = opened.verify(id, asked);
            long padding = positions.stream().filter(MatchInput::isPadding).count();
            spec.commandLine().getOut().println(CanonicalJson.text(json(statement, asked, positions)));
            say(Catalogue.say(language, "evidence.probe-opened", id.hex(), positions.size() - padding, padding));
            return true;
        } catch (Malformed wrong) {
            refuse("evidence.probe-false", wrong.problem(), language);
            return false;
        }
    }

    private static ObjectNode json(Statement statement, Comparison.ProbeAsked asked, List<MatchInput> positions) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("probe", statement.id().hex())
                .put("from", statement.from().text())
                .put("to", statement.to().map(Actor::text).orElse(""))
                .put("at", UtcSeconds.print(statement.at()))
                .put("category", asked.category().code())
                .put("purpose", asked.purpose().code());
        ArrayNode array = json.putArray("positions");
        for (int n = 0; n < positions.size(); n++) {
            ObjectNode one = array.addObject().put("position", n + 1);
            if (positions.get(n).isPadding()) {
                one.put("padding", true);
            } else {
                one.put("type", positions.get(n).type())
                        .put("value", positions.get(n).value());
            }
        }
        return json;
    }

    private void refuse(String code, Problem problem, Language language) {
        say(Catalogue.say(language, code, Catalogue.say(problem, language)));
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println(sentence);
    }
}
