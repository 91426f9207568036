package org.entente.exchange.proceeding;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.form.Side;
import tools.jackson.databind.node.ObjectNode;

/**
 * A step that one side said it takes.
 *
 * @param after the other side's last statement of this proceeding that the speaker had before it; empty while it had none. With it each
 *     node knows what the speaker could know, whatever crossed on the way
 * @param open the values of its open fields
 */
public record Move(Side by, Digest statement, Optional<Digest> after, String step, ObjectNode open) {
    public Move {
        open = open.deepCopy();
    }
}
