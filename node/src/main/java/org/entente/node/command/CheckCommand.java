package org.entente.node.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.check.BodyCheck;
import org.entente.node.check.EvidenceCheck;
import org.entente.node.check.LogReport;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.SealedFiles;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.party.Parties;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code entente evidence fsck}: derives the evidence of a node that does not run anew, and names the first difference. */
@Command(name = "fsck", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class CheckCommand implements Callable<Integer> {
    private static final long BETWEEN_WORDS_NANOS = 2_000_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
    private Path home = Path.of("");

    @Option(names = "--database", paramLabel = "URL", descriptionKey = "node.database")
    private String database = "";

    @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "evidence.fsck.passphrase-file")
    private String passphraseFile = "";

    private long told = System.nanoTime();

    @Override
    public Integer call() throws IOException, Malformed, DatabaseUnavailable {
        NodeHome place = new NodeHome(home);
        NodeSettings.load(place);
        PartyCard own = PartyCard.parse(Files.readAllBytes(place.card()));
        Language language = Language.ofEnvironment(System.getenv());
        PrintWriter err = spec.commandLine().getErr();
        try (Database open = HomeDatabase.open(place, database, language, err)) {
            EvidenceCheck check = new EvidenceCheck(
                    open.client(),
                    new Parties(open.client(), own, Clock.systemUTC()),
                    place.tiles(),
                    (origin, leaves, of) -> progress(language, origin, leaves, of));
            BodyCheck bodies =
                    new BodyCheck(open.client(), new Parties(open.client(), own, Clock.systemUTC()), bodies(place));
            List<LogReport> reports = new ArrayList<>();
            List<Problem> differences = new ArrayList<>();
            asOfOneMoment(open).executeWithoutResult(status -> {
                reports.addAll(check.run());
                reports.forEach(report -> report.difference().ifPresent(differences::add));
                check.stray().ifPresent(differences::add);
                differences.addAll(bodies(bodies));
            });
            spec.commandLine().getOut().println(CanonicalJson.text(json(reports, differences, language)));
            differences.forEach(difference -> err.println(Catalogue.say(difference, language)));
            if (differences.isEmpty()) {
                long leaves = reports.stream()
                        .mapToLong(report -> report.counts().leaves())
                        .sum();
                err.println(Catalogue.say(language, "evidence.sound", leaves, reports.size()));
            }
            return differences.isEmpty() ? 0 : Entente.REFUSED;
        }
    }

    private static List<Problem> bodies(BodyCheck bodies) {
        try {
            return bodies.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the passphrase each body is read; without it, it is looked whether body and key have files. */
    private BodyCheck.Reader bodies(NodeHome place) throws IOException, Malformed {
        Folder bodies = new DiskFolder(place.bodies());
        Folder keys = new DiskFolder(place.bodyKeys());
        boolean given = !passphraseFile.isEmpty() || System.getenv().containsKey("ENTENTE_PASSPHRASE");
        if (!given || !SealedFiles.isIn(keys)) {
            return body -> BodyFiles.requireThere(bodies, keys, body);
        }
        BodyFiles files = new BodyFiles(
                bodies,
                BodyKeys.open(
                        keys, NodeCommand.Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE"), new SecureRandom()),
                DiskSpace.of(place),
                new Stoppage());
        return body -> files.write(body, OutputStream.nullOutputStream());
    }

    /** What others write meanwhile, on a server of their own, is no difference. */
    private static TransactionTemplate asOfOneMoment(Database database) {
        TransactionTemplate reading = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
        return reading;
    }

    private void progress(Language language, String origin, long leaves, long of) {
        if (System.nanoTime() - told > BETWEEN_WORDS_NANOS) {
            told = System.nanoTime();
            spec.commandLine().getErr().println(Catalogue.say(language, "progress.check", origin, leaves, of));
        }
    }

    private static ObjectNode json(List<LogReport> reports, List<Problem> differences, Language language) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("sound", differences.isEmpty());
        ArrayNode logs = json.putArray("logs");
        for (LogReport report : reports) {
            ObjectNode log = logs.addObject()
                    .put("origin", report.origin())
                    .put("leaves", report.counts().leaves())
                    .put("checkpoints", report.counts().checkpoints())
                    .put("cosigned", report.counts().cosigned())
                    .put("receipts", report.counts().receipts())
                    .put("unfoundedReceipts", report.counts().unfounded())
                    .put("tiles", report.counts().tiles())
                    .put("mirrored", report.mirror().entries())
                    .put("unseen", report.mirror().unseen());
            difference(log, report.difference(), language);
        }
        ArrayNode found = json.putArray("differences");
        differences.forEach(difference -> found.add(difference.toString()));
        return json;
    }

    private static void difference(ObjectNode log, Optional<Problem> difference, Language language) {
        difference.ifPresent(
                problem -> log.put("code", problem.code()).put("difference", Catalogue.say(problem, language)));
    }
}
