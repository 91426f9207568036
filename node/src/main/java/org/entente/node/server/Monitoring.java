package org.entente.node.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For those who keep the node running: health, metrics, and the description of the interface. */
@RestController
class Monitoring {
    private static final MediaType METRICS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final String DESCRIPTION = "org/entente/node/openapi.yaml";

    private final Vitals vitals;

    Monitoring(Services services) {
        this.vitals = services.vitals();
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        boolean database = vitals.databaseAnswers();
        boolean peers = vitals.peerListenerOpen();
        var body = Json.object()
                .put("status", word(database && peers))
                .put("database", word(database))
                .put("peerListener", word(peers));
        return ResponseEntity.status(database && peers ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .body(org.entente.evidence.canonical.CanonicalJson.encode(body));
    }

    @GetMapping("/metrics")
    ResponseEntity<byte[]> metrics() throws IOException {
        return ResponseEntity.ok().contentType(METRICS).body(vitals.metrics().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/openapi.yaml")
    ResponseEntity<byte[]> description() throws IOException {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource(DESCRIPTION).getContentAsByteArray());
    }

    private static String word(boolean well) {
        return well ? "up" : "down";
    }
}
