package org.entente.node.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.body.BodyReference;
import org.junit.jupiter.api.Test;

/** No body is opened for a file that would be too large to be a bundle. */
class ExportDeskTest {
    private static final BodyReference MEGABYTE = new BodyReference(Digest.of(), 1 << 20, Digest.of());

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
