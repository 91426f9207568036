package org.entente.evidence.time;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.certificate.OpenSsl;

/** A time-stamp authority run by the program {@code openssl} in a folder of its own: a root, and whom it certified for time stamps. */
public final class OpenSslAuthority {
    private final OpenSsl openSsl;

    private OpenSslAuthority(OpenSsl openSsl) {
        this.openSsl = openSsl;
    }

    /**
     * Founds one.
     *
     * @param key as {@code openssl req -newkey} takes it
     * @param digest with which tokens are signed
     * @param usage of the certificate's key, as an extension
     */
    public static OpenSslAuthority found(Path folder, List<String> key, String digest, String usage) {
        OpenSsl openSsl = new OpenSsl(folder);
        openSsl.write("extension.cnf", "extendedKeyUsage=" + usage + "\n");
        openSsl.write("serial", "01\n");
        openSsl.write("authority.cnf", """
                [tsa]
                default_tsa = clock
                [clock]
                dir = .
                serial = ./serial
                crypto_device = builtin
                signer_cert = ./clock.pem
                signer_key = ./clock.key
                signer_digest = %s
                default_policy = 1.2.3.4.1
                digests = sha256, sha512
                ess_cert_id_alg = sha256
                """.formatted(digest));
        openSsl.run(joined(
                key,
                "req",
                "-x509",
                "-nodes",
                "-keyout",
                "root.key",
                "-out",
                "root.pem",
                "-subj",
                "/CN=Root of clocks",
                "-days",
                "3650",
                "-newkey"));
        openSsl.run(joined(
                key, "req", "-nodes", "-keyout", "clock.key", "-out", "clock.csr", "-subj", "/CN=Clock", "-newkey"));
        openSsl.run(
                "x509",
                "-req",
                "-in",
                "clock.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
                "-out",
                "clock.pem",
                "-days",
                "3650",
                "-extfile",
                "extension.cnf");
        return new OpenSslAuthority(openSsl);
    }

    public static OpenSslAuthority found(Path folder) {
        return found(folder, List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256"), "sha256", "critical,timeStamping");
    }

    public byte[] answer(byte[] query) {
        openSsl.write("query.tsq", query);
        openSsl.run("ts", "-reply", "-config", "authority.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr");
        return openSsl.read("answer.tsr");
    }

    public byte[] rootCertificate() {
        return openSsl.read("root.pem");
    }

    public byte[] clockCertificate() {
        return openSsl.read("clock.pem");
    }

    private static String[] joined(List<String> last, String... first) {
        return Stream.concat(Stream.of(first), last.stream()).toArray(String[]::new);
    }
}
