package org.entente.evidence.time;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A time-stamp authority run by the program {@code openssl} in a folder of its own: a root, and whom it certified for time stamps. */
public final class OpenSslAuthority {
    private final Path folder;

    private OpenSslAuthority(Path folder) {
        this.folder = folder;
    }

    /**
     * Founds one.
     *
     * @param key as {@code openssl req -newkey} takes it
     * @param digest with which tokens are signed
     * @param usage of the certificate's key, as an extension
     */
    public static OpenSslAuthority found(Path folder, List<String> key, String digest, String usage) {
        OpenSslAuthority authority = new OpenSslAuthority(folder);
        authority.requireProgram();
        authority.write("extension.cnf", "extendedKeyUsage=" + usage + "\n");
        authority.write("serial", "01\n");
        authority.write("authority.cnf", """
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
        authority.run(
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
                "-newkey");
        authority.run(
                key, "req", "-nodes", "-keyout", "clock.key", "-out", "clock.csr", "-subj", "/CN=Clock", "-newkey");
        authority.run(
                List.of(),
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
        return authority;
    }

    public static OpenSslAuthority found(Path folder) {
        return found(folder, List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256"), "sha256", "critical,timeStamping");
    }

    public byte[] answer(byte[] query) {
        write("query.tsq", query);
        run(List.of(), "ts", "-reply", "-config", "authority.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr");
        return read("answer.tsr");
    }

    public byte[] rootCertificate() {
        return read("root.pem");
    }

    public byte[] clockCertificate() {
        return read("clock.pem");
    }

    private void requireProgram() {
        try {
            if (new ProcessBuilder("openssl", "version").start().waitFor() == 0) {
                return;
            }
        } catch (IOException absent) {
            // Falls through to the one answer below.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        String message = "SKIPPED: the program openssl is not here; install it";
        if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
            fail(message);
        }
        System.err.println(message);
        abort(message);
    }

    private void run(List<String> last, String... first) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(first));
        command.addAll(last);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + new String(read("output"), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
