package org.entente.node.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.fingerprint.SpokenFingerprint;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.keys.NodeBirth;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.link.LinkUnavailable;
import org.entente.node.party.LinkStops;
import org.entente.node.run.Founder;
import org.entente.node.run.RunningNode;
import org.entente.node.server.ServerUnavailable;
import org.entente.node.testimony.Outsiders;
import org.entente.node.testimony.TimeAuthority;
import org.entente.node.testimony.Witnesses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code entente node}: makes a node, and runs it. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {NodeCommand.Init.class, NodeCommand.Run.class})
final class NodeCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Makes a node's home: keys, party card, and the first administrator's credential. */
    @Command(name = "init", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Init implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
        private Path home = Path.of("");

        @Option(names = "--party", required = true, paramLabel = "CODE", descriptionKey = "node.party")
        private String party = "";

        @Option(names = "--name-en", required = true, paramLabel = "NAME", descriptionKey = "node.name-en")
        private String englishName = "";

        @Option(names = "--name-es", required = true, paramLabel = "NAME", descriptionKey = "node.name-es")
        private String spanishName = "";

        @Option(names = "--colour", defaultValue = "#206bc4", paramLabel = "#RRGGBB", descriptionKey = "node.colour")
        private String colour = "";

        @Option(names = "--authority", required = true, paramLabel = "NAME", descriptionKey = "node.authority")
        private List<String> authorities = new ArrayList<>();

        @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "node.passphrase-file")
        private String passphraseFile = "";

        @Option(names = "--root-passphrase-file", paramLabel = "FILE", descriptionKey = "node.root-passphrase-file")
        private String rootPassphraseFile = "";

        @Override
        public Integer call() throws IOException, Malformed {
            PartyCode code = PartyCode.parse(party);
            List<AuthorityCode> codes = new ArrayList<>();
            for (String authority : authorities) {
                codes.add(AuthorityCode.parse(code.text() + "/" + authority));
            }
            if (!colour.matches("#[0-9a-f]{6}")) {
                throw new Malformed("card.colour-malformed");
            }
            NodeHome place = new NodeHome(home);
            SecureRandom random = new SecureRandom();
            PartyCard card = NodeBirth.give(
                    place,
                    new NodeSettings(code, englishName, spanishName, colour, codes),
                    new NodeBirth.Passphrases(
                            Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE"),
                            Passphrase.read(rootPassphraseFile, "ENTENTE_ROOT_PASSPHRASE")),
                    random,
                    Clock.systemUTC());
            Founder.make(place, codes.getFirst(), random);
            Language language = Language.ofEnvironment(System.getenv());
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            language,
                            "node.made",
                            code.text(),
                            place.folder().toString(),
                            card.fingerprintText(),
                            SpokenFingerprint.lines(card.fingerprint(), PartyCommand.Card.wordsOf(language))));
            return 0;
        }
    }

    /** Runs a node until it is told to stop. */
    @Command(name = "run", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Run implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
        private Path home = Path.of("");

        @Option(names = "--api", defaultValue = "127.0.0.1:0", paramLabel = "HOST:PORT", descriptionKey = "node.api")
        private String api = "";

        @Option(names = "--peer", defaultValue = "127.0.0.1:0", paramLabel = "HOST:PORT", descriptionKey = "node.peer")
        private String peer = "";

        @Option(names = "--database", paramLabel = "URL", descriptionKey = "node.database")
        private String database = "";

        @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "node.passphrase-file")
        private String passphraseFile = "";

        @Option(names = "--restored", descriptionKey = "node.restored")
        private boolean restored;

        @Option(names = "--time-authority", paramLabel = "URL", descriptionKey = "node.time-authority")
        private String timeAuthority = "";

        @Option(
                names = "--time-authority-certificates",
                paramLabel = "FILE",
                descriptionKey = "node.time-authority-certificates")
        private String timeAuthorityCertificates = "";

        @Option(names = "--witnesses", paramLabel = "POLICY", descriptionKey = "node.witnesses")
        private String witnesses = "";

        @Override
        public Integer call()
                throws IOException, Malformed, DatabaseUnavailable, LinkUnavailable, ServerUnavailable,
                        InterruptedException {
            NodeHome place = new NodeHome(home);
            NodeSettings.load(place);
            Language language = Language.ofEnvironment(System.getenv());
            CompletableFuture<Void> stop = new CompletableFuture<>();
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                stop.complete(null);
                awaitQuietly(stopped);
            }));
            try (Database open = opened(place, language);
                    RunningNode node = new RunningNode(
                            place,
                            open,
                            Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE"),
                            address(api),
                            address(peer),
                            new Outsiders(timeAuthority(), witnesses()))) {
                announce(place, node, language);
                var _ = stop.thenRun(node.stoppage()::asked);
                open.whenServerIsLost(() -> node.stoppage().because(serverLost(place), new IllegalStateException()));
                Optional<Problem> why = node.stoppage().await();
                if (why.isPresent()) {
                    open.cutOff();
                }
                return ended(why, language);
            } finally {
                stopped.countDown();
            }
        }

        private static Problem serverLost(NodeHome place) {
            return Problem.of(
                    "database.server-lost",
                    place.folder().resolve("postgres.log").toString());
        }

        /** The database; that it was restored is noted before the node looks at it. */
        private Database opened(NodeHome place, Language language) throws IOException, Malformed, DatabaseUnavailable {
            Database open = HomeDatabase.open(
                    place, database, language, spec.commandLine().getErr());
            if (restored) {
                new LinkStops(open.client(), Clock.systemUTC()).restoreAll();
            }
            return open;
        }

        private int ended(Optional<Problem> why, Language language) {
            why.ifPresent(problem -> spec.commandLine().getErr().println(Catalogue.say(problem, language)));
            return why.isPresent() ? Entente.UNUSABLE : 0;
        }

        private Optional<TimeAuthority> timeAuthority() throws IOException, Malformed {
            if (timeAuthority.isEmpty() && timeAuthorityCertificates.isEmpty()) {
                return Optional.empty();
            }
            if (timeAuthority.isEmpty() || timeAuthorityCertificates.isEmpty()) {
                throw new Malformed("node.time-authority-incomplete");
            }
            return Optional.of(new TimeAuthority(
                    timeAuthority, TimeAuthorities.read(Files.readAllBytes(Path.of(timeAuthorityCertificates)))));
        }

        private Optional<Witnesses> witnesses() throws IOException, Malformed {
            return witnesses.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Witnesses(
                            TrustPolicy.parse(SourceFile.read(Path.of(witnesses), TrustPolicy.BYTES_MAX))));
        }

        private void announce(NodeHome place, RunningNode node, Language language) throws IOException {
            String people = "https://" + host(api) + ":" + node.peoplePort();
            String peers = host(peer) + ":" + node.peerPort();
            NodeHome.write(
                    place.addresses(),
                    CanonicalJson.encode(JsonNodeFactory.instance
                            .objectNode()
                            .put("api", people)
                            .put("peer", peers)
                            .put("pid", ProcessHandle.current().pid())));
            spec.commandLine()
                    .getOut()
                    .println(
                            Catalogue.say(language, "node.running", node.party().text(), people, peers));
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static InetSocketAddress address(String text) throws Malformed {
            int colon = text.lastIndexOf(':');
            if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new Malformed("node.address-malformed", text);
            }
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port > 65_535) {
                throw new Malformed("node.address-malformed", text);
            }
            return new InetSocketAddress(host(text), port);
        }

        private static String host(String address) {
            return address.substring(0, address.lastIndexOf(':'));
        }
    }

    /** A passphrase from a file or the environment; never from an argument, which other users can read. */
    static final class Passphrase {
        private static final int BYTES_MIN = 12;

        private Passphrase() {}

        static byte[] read(String file, String variable) throws IOException, Malformed {
            String given = System.getenv().getOrDefault(variable, "");
            byte[] bytes = file.isEmpty()
                    ? given.getBytes(StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
            if (bytes.length < BYTES_MIN) {
                throw new Malformed("keys.passphrase-missing", variable, Integer.toString(BYTES_MIN));
            }
            return bytes;
        }
    }
}
