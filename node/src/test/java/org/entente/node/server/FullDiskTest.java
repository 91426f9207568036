package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.SmallDisk;
import org.entente.node.language.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node whose home is on a small disk, which fills while a file is loaded. */
@Timeout(240)
class FullDiskTest {
    private static final int DISK_MEBIBYTES = 400;
    private static final int ROWS = 60_000;
    private static final String LOAD = "/api/loads?format=csv&column=rfc&type=rfc&obtainedBy=MX/UIF&obtainedIn=MX"
            + "&purposes=money-laundering&authority=MX/UIF";

    @TempDir
    static Path folder;

    private static SmallDisk disk;
    private static NodeOnTrial node;
    private static Credential analyst;
    private static Path companies;

    @BeforeAll
    static void start() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES);
        node = NodeOnTrial.start(disk.folder().resolve("home"));
        analyst = node.enrol("uif-analyst-1", "Ana", NodeOnTrial.UIF, Role.ANALYST);
        companies = companies();
    }

    @AfterAll
    static void stop() throws Exception {
        if (node != null) {
            node.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aLoadThatFillsTheDiskIsSaidInASentenceAndLeavesNothing() throws Exception {
        refusedWhenOnlyThisIsFree(1 << 16, Language.ENGLISH, "The disk is full");
        refusedWhenOnlyThisIsFree(DiskSpace.RESERVE_BYTES - (1 << 20), Language.SPANISH, "El disco está lleno");
        refusedWhenOnlyThisIsFree(DiskSpace.RESERVE_BYTES + (12 << 20), Language.ENGLISH, "The disk is full");
        try (OfficerClient client = node.client(analyst, Language.ENGLISH)) {
            JsonNode loaded = client.upload(LOAD, companies);
            assertThat(loaded.path("again").asBoolean()).isFalse();
            assertThat(client.get("/api/holdings").path("loads").size()).isEqualTo(1);
        }
    }

    private static void refusedWhenOnlyThisIsFree(long bytes, Language language, String sentence) throws Exception {
        disk.fillBut(bytes);
        try (OfficerClient client = node.client(analyst, language)) {
            assertThatThrownBy(() -> client.upload(LOAD, companies))
                    .isInstanceOfSatisfying(NodeRefusal.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo("file.disk-full");
                        assertThat(refusal).hasMessageContaining(sentence);
                    });
            JsonNode holdings = client.get("/api/holdings");
            assertThat(holdings.path("loads").size()).isZero();
            assertThat(holdings.path("counts").size()).isZero();
        } finally {
            disk.makeRoom();
        }
        try (Stream<Path> bodies = Files.list(disk.folder().resolve("home/bodies"))) {
            assertThat(bodies).isEmpty();
        }
    }

    private static Path companies() throws IOException {
        StringBuilder rows = new StringBuilder("rfc,name\n");
        for (int n = 0; n < ROWS; n++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "A%c%c010101A%02d,Empresa Ejemplo %d\n",
                    'A' + n / 2600 % 26,
                    'A' + n / 100 % 26,
                    n % 100,
                    n));
        }
        return Files.writeString(folder.resolve("companies.csv"), rows);
    }
}
