package org.entente.evidence.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/** An authority for certificates run by the program {@code openssl}: a root, and one below it that answers requests. */
public final class OpenSslCertifier {
    private final OpenSsl openSsl;

    private OpenSslCertifier(OpenSsl openSsl) {
        this.openSsl = openSsl;
    }

    public static OpenSslCertifier found(Path folder) {
        OpenSsl openSsl = new OpenSsl(folder);
        openSsl.write("authority.cnf", "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n");
        openSsl.write("holder.cnf", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n");
        openSsl.run(
                "req",
                "-x509",
                "-nodes",
                "-keyout",
                "root.key",
                "-out",
                "root.pem",
                "-subj",
                "/C=MX/O=Root",
                "-days",
                "3650",
                "-newkey",
                "rsa:2048");
        openSsl.run(
                "req",
                "-nodes",
                "-keyout",
                "below.key",
                "-out",
                "below.csr",
                "-subj",
                "/C=MX/O=Below",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256");
        OpenSslCertifier certifier = new OpenSslCertifier(openSsl);
        certifier.answer("below.csr", "root", "authority.cnf", "below.pem");
        return certifier;
    }

    private void answer(String request, String by, String terms, String out) {
        openSsl.run(
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                by + ".pem",
                "-CAkey",
                by + ".key",
                "-CAcreateserial",
                "-days",
                "365",
                "-extfile",
                terms,
                "-out",
                out);
    }

    /** Answers a request (PKCS #10, PEM) with a chain in PEM, that of the key first; the root is left out. */
    public byte[] certify(byte[] request) {
        openSsl.write("party.csr", request);
        openSsl.run("req", "-in", "party.csr", "-verify", "-noout");
        answer("party.csr", "below", "holder.cnf", "party.pem");
        openSsl.run("verify", "-CAfile", "root.pem", "-untrusted", "below.pem", "party.pem");
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        chain.writeBytes(openSsl.read("party.pem"));
        chain.writeBytes(openSsl.read("below.pem"));
        return chain.toByteArray();
    }

    /** The root's certificate in PEM. */
    public byte[] root() {
        return openSsl.read("root.pem");
    }
}
