package org.entente.node.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import tools.jackson.databind.JsonNode;

/** The node said no: its problem details (RFC 9457), as the caller's language has them. */
public final class NodeRefusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int BYTES_MAX = 1 << 16;

    private final int status;
    private final String code;
    private final transient List<String> clauses;

    private NodeRefusal(int status, String code, String detail, List<String> clauses) {
        super(detail);
        this.status = status;
        this.code = code;
        this.clauses = List.copyOf(clauses);
    }

    static NodeRefusal of(int status, byte[] body) {
        try {
            JsonNode problem = CanonicalJson.parse(body, BYTES_MAX);
            List<String> clauses = new ArrayList<>();
            problem.path("clauses").forEach(clause -> clauses.add(clause.asString()));
            return new NodeRefusal(
                    status,
                    problem.path("code").asString(""),
                    problem.path("detail").asString("HTTP " + status),
                    clauses);
        } catch (Malformed notJson) {
            String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
            return new NodeRefusal(status, "", ("HTTP " + status + " " + text).strip(), List.of());
        }
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem's code; empty when the answer had none. */
    public String code() {
        return code;
    }

    /** The clauses that refuse. */
    public List<String> clauses() {
        return clauses;
    }
}
