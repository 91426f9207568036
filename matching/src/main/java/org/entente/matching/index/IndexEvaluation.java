package org.entente.matching.index;

import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Voprf;

/** Who turns identifiers into outputs under the key of an epoch. Many threads may ask at once. */
public interface IndexEvaluation {
    Element publicKey();

    /** 64 bytes for each input, one after another. */
    byte[] outputs(List<MatchInput> inputs);

    /** By the key itself, in this process. */
    static IndexEvaluation by(EpochKey key) {
        return new IndexEvaluation() {
            @Override
            public Element publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] outputs(List<MatchInput> inputs) {
                return Voprf.evaluateOwn(key, MatchInput.pack(inputs));
            }
        };
    }
}
