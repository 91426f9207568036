package org.entente.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.home.NodeHome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chapter c: each node loads its list into its holdings. */
final class ListLoading {
    private final Stage stage;

    ListLoading(Stage stage) {
        this.stage = stage;
    }

    void play() throws StoryBroken, InterruptedException {
        stage.account().chapter("c");
        Path mx = file(stage.mx());
        Path us = file(stage.us());
        if (stage.both().stream().anyMatch(office -> office.order().list().isEmpty())) {
            stage.account().step("lists-generated", this::generate);
        }
        load(stage.mx(), mx);
        load(stage.us(), us);
    }

    private Path file(Office office) {
        return office.order()
                .list()
                .map(list -> Path.of(list.substring(list.indexOf(':') + 1)).toAbsolutePath())
                .orElseGet(() -> generated(office.unit()));
    }

    private Path generated(Unit unit) {
        return stage.order()
                .home()
                .resolve("lists")
                .resolve(unit.listFormat() + "-" + stage.order().seed() + ".csv");
    }

    private void generate(Telling telling) throws IOException {
        GeneratedLists lists = GeneratedLists.generate(stage.order().seed(), GeneratedLists.Sizes.DEMONSTRATION);
        Files.createDirectories(stage.order().home().resolve("lists"));
        NodeHome.write(generated(stage.mx().unit()), lists.sat69b());
        NodeHome.write(generated(stage.us().unit()), lists.ofacSdn());
        telling.detail()
                .put("seed", stage.order().seed())
                .put("common", lists.common().size());
        telling.say(Long.toString(stage.order().seed()));
    }

    private void load(Office office, Path file) throws StoryBroken, InterruptedException {
        stage.account().step("list-loaded-" + office.unit().folder(), telling -> load(office, file, telling));
    }

    private void load(Office office, Path file, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        Unit unit = office.unit();
        JsonNode loaded = office.officer(Role.ANALYST)
                .upload(
                        "/api/loads?format=" + unit.listFormat() + "&authority=" + unit.authority() + "&obtainedBy="
                                + unit.publishing() + "&purposes=" + String.join(",", Stage.PURPOSES),
                        file);
        JsonNode report = loaded.required("report");
        ObjectNode detail = telling.detail();
        for (String count : new String[] {"accepted", "flagged", "refused", "identifiers", "problemsCounted"}) {
            detail.put(count, report.path(count).asLong(0));
        }
        detail.put("file", file.toString()).put("load", loaded.required("load").asString());
        report.path("listDate").asStringOpt().ifPresent(date -> detail.put("listDate", date));
        Object[] words = {
            report.path("accepted").asLong(0),
            report.path("flagged").asLong(0),
            report.path("refused").asLong(0)
        };
        if (loaded.path("again").asBoolean(false)) {
            telling.sayAgain(words);
        } else {
            telling.say(words);
        }
    }
}
