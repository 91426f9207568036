package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.exchange.body.BodyAtRest;
import org.entente.exchange.body.SealedBody;
import org.entente.node.body.BodyFiles;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.SmallDisk;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partner brings what the node's disk cannot take. */
@Timeout(180)
class FullDiskTest {
    private static final int DISK_MEBIBYTES = 400;
    private static final int BODY_BYTES = 20 << 20;
    private static final int INSUFFICIENT_STORAGE = 507;

    @TempDir
    static Path folder;

    @Test
    void aBodyIsRefusedUntilThereIsRoomAndLeavesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES);
                Encounter encounter = Encounter.begin(disk.folder().resolve("home"))) {
            PartnerInHand partner = encounter.partner();
            SealedBody body = partner.seal(new byte[BODY_BYTES], NodeOnTrial.UIF);
            Path bodies = disk.folder().resolve("home/bodies");
            long[] free = {1 << 16, DiskSpace.RESERVE_BYTES - (1 << 20), DiskSpace.RESERVE_BYTES + (1 << 20)};
            for (long left : free) {
                disk.fillBut(left);
                assertThat(partner.bringPieces(body)).isEqualTo(INSUFFICIENT_STORAGE);
                assertThat(bodies).isEmptyDirectory();
                disk.makeRoom();
            }
            assertThat(partner.bringPieces(body)).isEqualTo(200);
            assertThat(Files.size(bodies.resolve(body.reference().ciphertext().hex())))
                    .isEqualTo(BodyAtRest.fileBytes(body.ciphertext().length, BodyFiles.Limits.USUAL.pieceBytes()));
            encounter.requireBundle();
        }
    }
}
