package org.entente.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.NodeHome;
import tools.jackson.databind.JsonNode;

/** Chapter g: both logs carry the other side's cosignature, and each side's bundle proves the exchange to a third party. */
final class Proving {
    private static final int UNPINNED = 3;

    private final Stage stage;

    Proving(Stage stage) {
        this.stage = stage;
    }

    void play() throws StoryBroken, InterruptedException {
        stage.account().chapter("g");
        stage.account().step("logs-cosigned", this::cosigned);
        List<Path> bundles = stage.account().ask("bundles-written", this::write);
        stage.account().step("bundles-verified", telling -> verify(bundles, telling));
        stage.account().step("bundle-unpinned", telling -> verifyUnpinned(bundles.getFirst(), telling));
    }

    /** Waits until nothing is on its way any more and each log's newest checkpoint is cosigned whole. */
    private void cosigned(Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        List<Long> sizes = new ArrayList<>();
        for (Office office : stage.both()) {
            String partner = stage.other(office).unit().party();
            OfficerClient liaison = office.officer(Role.LIAISON);
            JsonNode log = office.await("cosignature", Stage.SOON, () -> cosigned(liaison, partner));
            sizes.add(log.required("size").asLong());
            stage.account()
                    .entry("logs")
                    .put("party", office.unit().party())
                    .put("origin", log.required("origin").asString())
                    .put("size", log.required("size").asLong())
                    .put("cosignedSize", log.required("cosignedSize").asLong());
        }
        telling.say(sizes.get(0), sizes.get(1));
    }

    private static Optional<JsonNode> cosigned(OfficerClient officer, String partner)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        long waiting = Stage.find(officer.get("/api/partners"), "partners", new Stage.Entry("party", partner))
                .map(one -> one.path("waiting").asLong(0))
                .orElse(0L);
        return Stage.find(officer.get("/api/evidence"), "logs", new Stage.Entry("partner", partner))
                .filter(log -> waiting == 0
                        && log.required("size").asLong() > 0
                        && log.path("cosignedSize").asLong(-1)
                                == log.required("size").asLong());
    }

    private List<Path> write(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed {
        Path folder = stage.order().home().resolve("bundles");
        Files.createDirectories(folder);
        int number = 1;
        while (Files.exists(folder.resolve("MX-US-" + number + ".bundle"))) {
            number++;
        }
        List<Path> bundles = new ArrayList<>();
        for (Office office : stage.both()) {
            String partner = stage.other(office).unit().party();
            byte[] bundle = office.officer(Role.LIAISON).download("/api/bundles/" + partner);
            Path file = folder.resolve(office.unit().party() + "-" + partner + "-" + number + ".bundle");
            NodeHome.write(file, bundle);
            bundles.add(file);
        }
        telling.say(bundles.get(0).toString(), bundles.get(1).toString());
        return bundles;
    }

    /** By the command line, which asks no node. */
    private void verify(List<Path> bundles, Telling telling) throws IOException, InterruptedException, StoryBroken {
        for (Path bundle : bundles) {
            JavaCommand.Ended verified = JavaCommand.run(
                    "evidence",
                    "verify",
                    bundle.toString(),
                    "--party",
                    Founding.card(stage.order(), stage.mx().unit()).toString(),
                    "--party",
                    Founding.card(stage.order(), stage.us().unit()).toString());
            stage.account()
                    .entry("bundles")
                    .put("path", bundle.toString())
                    .put("exit", verified.exit())
                    .put("words", verified.words().strip());
            verified.orBroken("evidence verify");
        }
        telling.say(bundles.size());
    }

    private void verifyUnpinned(Path bundle, Telling telling) throws IOException, InterruptedException, StoryBroken {
        JavaCommand.Ended verified = JavaCommand.run("evidence", "verify", bundle.toString());
        telling.detail().put("exit", verified.exit());
        Stage.require(
                verified.exit() == UNPINNED && verified.output().contains("\"trust\":\"unpinned\""),
                "demo.command-failed",
                "evidence verify",
                Integer.toString(verified.exit()),
                verified.words());
        telling.say();
    }
}
