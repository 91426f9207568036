package org.entente.node.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Approval;
import org.entente.node.language.Language;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls a node in the name of one officer. The node's certificate is the one trusted certificate, taken from its file;
 * no authority is asked. Acts are done in two steps: the node prepares what would be said, the officer signs its
 * digest here, where the officer's keys are, and hands the signature in.
 */
public final class OfficerClient implements AutoCloseable {
    private static final int ANSWER_BYTES_MAX = 1 << 26;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_WITH_FILES = Duration.ofHours(24);

    private final HttpClient http;
    private final URI node;
    private final Credential credential;
    private final Language language;

    public OfficerClient(URI node, Path certificate, Credential credential, Language language)
            throws IOException, GeneralSecurityException {
        this.http = HttpClient.newBuilder()
                .sslContext(trustOnly(certificate))
                .connectTimeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.node = node;
        this.credential = credential;
        this.language = language;
    }

    public Credential credential() {
        return credential;
    }

    public JsonNode get(String path) throws IOException, InterruptedException, NodeRefusal, Malformed {
        return call(request(path).GET());
    }

    public JsonNode post(String path, ObjectNode body)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        return post(path, "application/json", BodyPublishers.ofByteArray(CanonicalJson.encode(body)));
    }

    /** Sends a file as it is. */
    public JsonNode upload(String path, Path file) throws IOException, InterruptedException, NodeRefusal, Malformed {
        String type = file.toString().endsWith(".yaml") ? "application/yaml" : "application/octet-stream";
        return post(path, type, BodyPublishers.ofFile(file));
    }

    /** How much of a long file has gone or come, in bytes. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long total);
    }

    /** Sends a file of any length as it is, however long that takes. */
    public JsonNode upload(String path, Path file, Progress progress)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        long total = Files.size(file);
        BodyPublisher content = BodyPublishers.ofInputStream(() -> {
            try {
                return new Followed(Files.newInputStream(file), total, progress);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        return call(request(path)
                .timeout(PATIENCE_WITH_FILES)
                .header("Content-Type", "application/octet-stream")
                .POST(total == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(content, total)));
    }

    /**
     * Fetches a file of any length into one that is not there yet, readable by its owner alone; it has its name when it is whole.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one
     */
    public void download(String path, Path to, Progress progress)
            throws IOException, InterruptedException, NodeRefusal {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        HttpResponse<InputStream> response = http.send(
                request(path).timeout(PATIENCE_WITH_FILES).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            if (response.statusCode() / 100 != 2) {
                throw NodeRefusal.of(response.statusCode(), content.readNBytes(ANSWER_BYTES_MAX));
            }
            long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
            Path part = to.resolveSibling(to.getFileName() + ".part");
            try (FileChannel channel = FileChannel.open(
                            part,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    OutputStream out = Channels.newOutputStream(channel)) {
                new Followed(content, total, progress).transferTo(out);
                channel.force(true);
            } catch (IOException broken) {
                Files.deleteIfExists(part);
                throw broken;
            }
            Files.move(part, to);
        }
    }

    /** Says how far it was read. */
    private static final class Followed extends FilterInputStream {
        private final long total;
        private final Progress progress;
        private long done;

        private Followed(InputStream in, long total, Progress progress) {
            super(in);
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                done += count;
                progress.at(done, total);
            }
            return count;
        }
    }

    /** Fetches a file of the node, a bundle for example. */
    public byte[] download(String path) throws IOException, InterruptedException, NodeRefusal, Malformed {
        return answer(request(path).GET());
    }

    /** Fetches a file that is given only for a reason. */
    public byte[] download(String path, ObjectNode body)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(CanonicalJson.encode(body))));
    }

    /**
     * Prepares an act, signs what the node would say, and hands the signature in.
     *
     * @param act the act's name, for example {@code probe}
     * @return the act as the node has it after this approval: {@code statement} is there once it was said
     */
    public JsonNode act(String act, ObjectNode facts) throws IOException, InterruptedException, NodeRefusal, Malformed {
        return approve(post("/api/acts/" + act, facts));
    }

    /** Signs the subject of a prepared act, after computing it anew from what would be said. */
    public JsonNode approve(JsonNode prepared) throws IOException, InterruptedException, NodeRefusal, Malformed {
        Digest subject = PreparedAct.subject(prepared);
        Approval approval = new Approval(
                credential.pseudonym(),
                credential.authority(),
                credential.role(),
                prepared.required("act").asString(),
                subject);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("approval", approval.sign(Instant.now(), credential.keys()).json());
        return post("/api/drafts/" + subject.hex() + "/approvals", body);
    }

    private JsonNode post(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        return call(request(path).header("Content-Type", type).POST(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + credential.token().text())
                .header("Accept-Language", language.code());
    }

    private JsonNode call(HttpRequest.Builder request)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        byte[] bytes = answer(request);
        return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : CanonicalJson.parse(bytes, ANSWER_BYTES_MAX);
    }

    private byte[] answer(HttpRequest.Builder request)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] bytes;
        try (InputStream stream = response.body()) {
            bytes = stream.readNBytes(ANSWER_BYTES_MAX + 1);
        }
        if (response.statusCode() / 100 == 2) {
            return bytes;
        }
        throw NodeRefusal.of(response.statusCode(), bytes);
    }

    private static SSLContext trustOnly(Path certificate) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {OneCertificate.of(certificate)}, null);
        return context;
    }

    @Override
    public void close() {
        http.close();
    }

    /** The text member of this name, when it is there and not null. */
    public static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
