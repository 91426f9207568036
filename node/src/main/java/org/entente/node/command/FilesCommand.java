package org.entente.node.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code entente files}: evidence that belongs to a released item, from one authority's disk to the other's. */
@Command(
        name = "files",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {FilesCommand.Release.class, FilesCommand.Fetch.class})
final class FilesCommand implements Runnable {
    private static final String ANY_TYPE = "application/octet-stream";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code entente files release}: seals files for the authority that asks, and releases the item with them. */
    @Command(name = "release", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Release implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private NodeAccess access = new NodeAccess();

        @Option(names = "--item", paramLabel = "ITEM", descriptionKey = "files.item")
        private String item = "";

        @Parameters(index = "0", paramLabel = "REQUEST", descriptionKey = "files.request")
        private String request = "";

        @Parameters(index = "1..*", arity = "1..16", paramLabel = "FILE", descriptionKey = "files.file")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            Language language = Language.ofEnvironment(System.getenv());
            Digest asked = Digest.parse(request);
            for (Path file : files) {
                if (!Files.isRegularFile(file)) {
                    throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", file.toString());
                }
            }
            ObjectNode facts = JsonNodeFactory.instance.objectNode().put("request", asked.hex());
            if (!item.isEmpty()) {
                facts.put("item", item);
            }
            ArrayNode bodies = facts.putArray("files");
            try (OfficerClient client = access.client(language)) {
                for (Path file : files) {
                    bodies.add(upload(client, asked, file, language)
                            .required("body")
                            .asString());
                }
                JsonNode said = client.act("release", facts);
                spec.commandLine().getOut().println(said.path("statement").asString(""));
            }
            spec.commandLine().getErr().println(Catalogue.say(language, "files.released", files.size()));
            return 0;
        }

        private JsonNode upload(OfficerClient client, Digest asked, Path file, Language language)
                throws IOException, InterruptedException, NodeRefusal, Malformed {
            String name = String.valueOf(file.getFileName());
            try (ProgressLine progress =
                    ProgressLine.onTerminal(spec.commandLine().getErr(), language)) {
                return client.upload(
                        "/api/requests/" + asked.hex() + "/files?name=" + encoded(name) + "&type="
                                + encoded(type(file)),
                        file,
                        (done, total) -> progress.show("sealing", mebibytes(done), mebibytes(total)));
            }
        }

        private static String type(Path file) throws IOException {
            String found = Files.probeContentType(file);
            return found == null ? ANY_TYPE : found.toLowerCase(Locale.ROOT);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** {@code entente files fetch}: writes the files that came with a released item into a folder. */
    @Command(name = "fetch", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Fetch implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private NodeAccess access = new NodeAccess();

        @Option(names = "--to", required = true, paramLabel = "FOLDER", descriptionKey = "files.to")
        private Path folder = Path.of("");

        @Parameters(paramLabel = "RELEASE", descriptionKey = "files.release")
        private String release = "";

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            Language language = Language.ofEnvironment(System.getenv());
            Digest statement = Digest.parse(release);
            if (!Files.isDirectory(folder)) {
                throw new Malformed("file.no-folder", folder.toString());
            }
            try (OfficerClient client = access.client(language)) {
                JsonNode files = find(client, statement)
                        .map(item -> item.path("files"))
                        .orElseThrow(() -> new Malformed("file.none", statement.hex()));
                if (files.isEmpty()) {
                    throw new Malformed("file.none", statement.hex());
                }
                for (JsonNode file : files) {
                    fetch(client, statement, file, language);
                }
            }
            return 0;
        }

        private static Optional<JsonNode> find(OfficerClient client, Digest statement)
                throws IOException, InterruptedException, NodeRefusal, Malformed {
            return client.get("/api/received")
                    .path("items")
                    .valueStream()
                    .filter(item -> item.path("statement").asString("").equals(statement.hex()))
                    .findFirst();
        }

        /** A name that a partner chose leads nowhere but into this folder, and replaces nothing there. */
        private void fetch(OfficerClient client, Digest statement, JsonNode file, Language language)
                throws IOException, InterruptedException, NodeRefusal, Malformed {
            String name = file.path("name").asString("");
            if (!name.matches("[^/\\\\\\p{Cntrl}]+") || name.matches("\\.+")) {
                throw new Malformed("file.name-malformed", "200");
            }
            Path to = folder.resolve(name);
            try (ProgressLine progress =
                    ProgressLine.onTerminal(spec.commandLine().getErr(), language)) {
                client.download(
                        "/api/received/" + statement.hex() + "/files/"
                                + Digest.parse(file.path("body").asString("")).hex(),
                        to,
                        (done, total) -> progress.show("fetching", mebibytes(done), mebibytes(total)));
            } catch (FileAlreadyExistsException exists) {
                throw new Malformed("file.exists", to.toString());
            }
            spec.commandLine().getOut().println(to);
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
