package org.entente.node.comparison;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.MatchInput;

/** Outputs by SHA-512: uniform as those of a key are, and next to free, so that what is left of a build can be measured. */
final class HashedEvaluation implements IndexEvaluation {
    static final int OUTPUT_BYTES = 64;

    @Override
    public Element publicKey() {
        return Element.generator();
    }

    @Override
    public byte[] outputs(List<MatchInput> inputs) {
        byte[] outputs = new byte[inputs.size() * OUTPUT_BYTES];
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-512");
            for (int n = 0; n < inputs.size(); n++) {
                System.arraycopy(sha.digest(inputs.get(n).bytes()), 0, outputs, n * OUTPUT_BYTES, OUTPUT_BYTES);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return outputs;
    }
}
