package org.entente.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListSource;
import org.entente.holdings.load.LabelledIdentifiers;
import org.entente.holdings.table.ReadLimits;
import org.entente.node.comparison.TwoFileMatch;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code entente match}: what two files have in common, found by the two-party protocol. */
@Command(name = "match", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class MatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--ours", required = true, paramLabel = "FORMAT:FILE", descriptionKey = "match.ours")
    private String ours = "";

    @Option(names = "--theirs", required = true, paramLabel = "FORMAT:FILE", descriptionKey = "match.theirs")
    private String theirs = "";

    @Option(names = "--on", required = true, paramLabel = "TYPE", descriptionKey = "match.on")
    private String type = "";

    @Option(names = "--json", descriptionKey = "match.json")
    private boolean json;

    @Override
    public Integer call() throws IOException, Malformed {
        Language language = Language.ofEnvironment(System.getenv());
        IdentifierType on = IdentifierType.ofWord(type)
                .orElseThrow(() -> new Malformed("match.type-unknown", type, IdentifierType.words()));
        ListSource ourSource = ListSource.parse(ours, on);
        ListSource theirSource = ListSource.parse(theirs, on);
        LabelledIdentifiers ourList = read(ourSource, on);
        LabelledIdentifiers theirList = read(theirSource, on);
        try (ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr(), language)) {
            TwoFileMatch.Outcome outcome =
                    new TwoFileMatch(on, new SecureRandom(), progress::show).match(ourList, theirList);
            progress.clear();
            print(new Result(ourSource.file(), ourList, theirSource.file(), theirList, outcome), language);
        }
        return 0;
    }

    private record Result(
            String ourFile,
            LabelledIdentifiers ours,
            String theirFile,
            LabelledIdentifiers theirs,
            TwoFileMatch.Outcome outcome) {

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("type", ours.type().word());
            json.put("composite", ours.type().composite());
            json.set("ours", list(ourFile, ours));
            json.set("theirs", list(theirFile, theirs));
            ArrayNode common = json.putArray("common");
            for (String identifier : outcome.common()) {
                ObjectNode hit = common.addObject().put("identifier", identifier);
                hit.set("ours", labels(ours, identifier));
                hit.set("theirs", labels(theirs, identifier));
            }
            json.putObject("disclosed")
                    .put("indexEntries", outcome.indexEntries())
                    .put("probedElements", outcome.probedElements())
                    .put("bytes", outcome.bytes());
            return json;
        }

        private static ObjectNode list(String file, LabelledIdentifiers list) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file)
                    .put("identifiers", list.identifiers())
                    .put("flagged", list.flagged());
        }

        private static ArrayNode labels(LabelledIdentifiers list, String identifier) {
            ArrayNode labels = JsonNodeFactory.instance.arrayNode();
            for (LabelledIdentifiers.Label label : list.labels().getOrDefault(identifier, List.of())) {
                labels.addObject()
                        .put("label", label.label())
                        .put("status", status(label))
                        .put("row", label.row());
            }
            return labels;
        }

        private static String status(LabelledIdentifiers.Label label) {
            return label.status()
                    .map(status ->
                            status.since().map(day -> status.word() + " " + day).orElse(status.word()))
                    .orElse("");
        }
    }

    private void print(Result result, Language language) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(CanonicalJson.text(result.json()));
            return;
        }
        for (String identifier : result.outcome().common()) {
            out.println(identifier);
            show(out, result.ours(), identifier, "match.ours-line", language);
            show(out, result.theirs(), identifier, "match.theirs-line", language);
        }
        out.println(Catalogue.say(
                language,
                "match.summary",
                result.outcome().common().size(),
                result.ours().identifiers(),
                result.theirs().identifiers(),
                result.ours().flagged() + result.theirs().flagged()));
        if (result.ours().type().composite()) {
            out.println(Catalogue.say(
                    language, "match.composite", result.ours().type().word()));
        }
        out.println(Catalogue.say(
                language,
                "match.disclosed",
                result.outcome().probedElements(),
                result.outcome().indexEntries(),
                result.outcome().bytes()));
    }

    private static void show(
            PrintWriter out, LabelledIdentifiers list, String identifier, String code, Language language) {
        for (LabelledIdentifiers.Label label : list.labels().getOrDefault(identifier, List.of())) {
            out.println(Catalogue.say(language, code, label.label(), Result.status(label), label.row()));
        }
    }

    private static LabelledIdentifiers read(ListSource source, IdentifierType type) throws IOException, Malformed {
        Path file = Path.of(source.file());
        if (!Files.isRegularFile(file)) {
            throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", source.file());
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return LabelledIdentifiers.read(source.format(), type, stream, ReadLimits.DEFAULT);
        }
    }
}
