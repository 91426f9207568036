package org.entente.node.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** No body is opened for a file that would be too large to be a bundle, or by an approval that is too old. */
class ExportDeskTest {
    private static final BodyReference MEGABYTE = new BodyReference(Digest.of(), 1 << 20, Digest.of());

    @Test
    void anApprovalIsGoodForTwelveHours() {
        Instant at = Instant.parse("2026-03-10T10:00:00Z");
        Statement export = Statement.sign(
                StatementDraft.of("item-exported", new PartyCode("MX"), at, JsonNodeFactory.instance.objectNode()),
                SecretKeys.generate(new SecureRandom()));
        assertThatCode(() -> ExportDesk.requireInTime(export, at.plus(Duration.ofHours(12))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ExportDesk.requireInTime(
                        export, at.plus(Duration.ofHours(12)).plusSeconds(1)))
                .hasMessageContaining("export.too-late")
                .hasMessageContaining(export.id().hex());
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsOpened() {
        assertThatCode(() -> ExportDesk.requireFits(Collections.nCopies(47, MEGABYTE)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ExportDesk.requireFits(Collections.nCopies(49, MEGABYTE)))
                .hasMessageContaining("bundle.bodies-too-large")
                .hasMessageContaining(Integer.toString(Bundle.BYTES_MAX));
        assertThatThrownBy(() -> ExportDesk.requireFits(List.of(new BodyReference(Digest.of(), 1L << 50, Digest.of()))))
                .hasMessageContaining("bundle.bodies-too-large");
    }
}
