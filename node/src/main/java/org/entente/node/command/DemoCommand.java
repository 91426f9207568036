package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.list.ListSource;
import org.entente.node.demo.DemoOrder;
import org.entente.node.demo.Demonstration;
import org.entente.node.home.NodeHome;
import org.entente.node.language.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entente demo}: the main job, with two nodes on this machine. */
@Command(name = "demo", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class DemoCommand implements Callable<Integer> {
    private static final String MEMORANDUM = "examples/mx-us.yaml";
    private static final int ANY_PORT = 0;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--unattended", descriptionKey = "demo.unattended")
    private boolean unattended;

    @Option(names = "--json", paramLabel = "FILE", descriptionKey = "demo.json")
    private @Nullable Path json;

    @Option(names = "--home", paramLabel = "DIR", descriptionKey = "demo.home")
    private @Nullable Path home;

    @Option(names = "--mx-list", paramLabel = "FORMAT:FILE", descriptionKey = "demo.mx-list")
    private @Nullable String mxList;

    @Option(names = "--us-list", paramLabel = "FORMAT:FILE", descriptionKey = "demo.us-list")
    private @Nullable String usList;

    @Option(names = "--seed", paramLabel = "N", descriptionKey = "demo.seed")
    private long seed = 2026;

    @Option(names = "--mx-api-port", paramLabel = "PORT", descriptionKey = "demo.mx-api-port")
    private int mxApiPort = ANY_PORT;

    @Option(names = "--us-api-port", paramLabel = "PORT", descriptionKey = "demo.us-api-port")
    private int usApiPort = ANY_PORT;

    @Option(names = "--mx-peer-port", paramLabel = "PORT", descriptionKey = "demo.mx-peer-port")
    private int mxPeerPort = ANY_PORT;

    @Option(names = "--us-peer-port", paramLabel = "PORT", descriptionKey = "demo.us-peer-port")
    private int usPeerPort = ANY_PORT;

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        DemoOrder order = order();
        Demonstration demonstration =
                new Demonstration(order, spec.commandLine().getOut(), Language.ofEnvironment(System.getenv()));
        Thread atTheEnd = Thread.ofPlatform().unstarted(demonstration::close);
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            boolean held = demonstration.play();
            if (json != null) {
                NodeHome.write(json.toAbsolutePath(), CanonicalJson.encode(demonstration.outcome()));
            }
            if (held && !unattended) {
                held = demonstration.keepRunning();
            }
            return held ? 0 : 1;
        } finally {
            demonstration.close();
        }
    }

    private DemoOrder order() throws IOException, Malformed {
        Path memorandum = Path.of(System.getProperty("entente.root", ""), MEMORANDUM)
                .toAbsolutePath()
                .normalize();
        requireFile(memorandum);
        DemoOrder.Side mx =
                new DemoOrder.Side(list(mxList, new ListFormat.Sat69b()), port(mxApiPort), port(mxPeerPort));
        DemoOrder.Side us =
                new DemoOrder.Side(list(usList, new ListFormat.OfacSdn()), port(usApiPort), port(usPeerPort));
        Path folder = home == null ? Files.createTempDirectory("entente-demo-") : home;
        return new DemoOrder(folder, memorandum, seed, mx, us);
    }

    private static OptionalInt port(int given) {
        return given == ANY_PORT ? OptionalInt.empty() : OptionalInt.of(given);
    }

    /** Each party loads the list that its own authority publishes. */
    private static Optional<String> list(@Nullable String given, ListFormat format) throws IOException, Malformed {
        if (given == null) {
            return Optional.empty();
        }
        ListSource source = ListSource.parse(given, IdentifierType.RFC);
        if (!source.format().equals(format)) {
            throw new Malformed("demo.list-format", source.format().word(), format.word());
        }
        requireFile(Path.of(source.file()));
        return Optional.of(given);
    }

    private static void requireFile(Path file) throws Malformed {
        if (!Files.isRegularFile(file)) {
            throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", file.toString());
        }
    }
}
