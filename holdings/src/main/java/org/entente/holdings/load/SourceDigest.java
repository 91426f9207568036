package org.entente.holdings.load;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.entente.evidence.canonical.Digest;

/** The digest that names a file in the provenance of its items, computed before it is loaded. */
public final class SourceDigest {
    private SourceDigest() {}

    /** SHA-256 of all bytes up to the end of the stream, which the caller opens and closes. */
    public static Digest of(InputStream stream) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
            return Digest.ofBytes(sha256.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
