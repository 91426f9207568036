package org.entente.matching.oprf;

import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;

/**
 * The secret key of one (partner, memorandum, category, purpose, epoch), drawn fresh and derived from nothing, with its public key. It must be
 * destroyed when the epoch ends: then nobody can evaluate another identifier, and the tags that a partner kept stay closed.
 */
public final class EpochKey implements Destroyable {
    private final Scalar secret;
    private final Element publicKey;

    private EpochKey(Scalar secret) {
        this.secret = secret;
        this.publicKey = Element.multiplyGenerator(secret);
    }

    public static EpochKey generate(SecureRandom random) {
        return new EpochKey(Scalar.random(random));
    }

    /**
     * Reads what {@link #exportForKeyStore} wrote.
     *
     * @throws EncodingRefused when the bytes are no canonical scalar, or zero
     */
    public static EpochKey restore(byte[] bytes) throws EncodingRefused {
        Scalar secret = Scalar.decode(bytes);
        EpochKey key = new EpochKey(secret);
        Elements.decodeRefusingIdentity(key.publicKey.encode());
        return key;
    }

    /** The 32 secret bytes, for an encrypted key store and nothing else: never a backup, a log, or a database. */
    public byte[] exportForKeyStore() {
        return secret.encode();
    }

    public Element publicKey() {
        return publicKey;
    }

    Scalar secret() {
        return secret;
    }

    @Override
    public void destroy() {
        secret.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return secret.isDestroyed();
    }

    @Override
    public String toString() {
        return "EpochKey[redacted, " + publicKey + "]";
    }
}
