package org.entente.node.handover;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Handover;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.node.act.NothingHere;
import org.entente.node.body.Bodies;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files of evidence that an officer seals for the authority that asks, before the release that names them. They are sealed while they
 * come in and lie nowhere else; what no release names is forgotten after some days, and its body with it.
 */
public final class UploadedFiles {
    /** As long as a body that nothing names is kept. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcClient sql;
    private final Requests requests;
    private final Bodies bodies;
    private final Clock clock;

    public UploadedFiles(JdbcClient sql, Requests requests, Bodies bodies, Clock clock) {
        this.sql = sql;
        this.requests = requests;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** A file that waits for its release: the sealed body, and what it is called. */
    public record Uploaded(BodyReference body, ReleasedFile file) {}

    /** What an officer says about a file. */
    public record Labelled(String name, String type) {}

    /**
     * Seals a file of any length for the authority that asks; on return it is durable.
     *
     * @throws NothingHere when nobody asked this of the officer's authority
     * @throws Malformed {@code file.name-malformed}, {@code file.type-malformed}, {@code handover.not-approved},
     *     {@code handover.too-many-files}, {@code body.too-large}
     */
    public Uploaded upload(Digest request, Labelled label, InputStream content, Officer officer)
            throws IOException, Malformed, NothingHere {
        requests.requireReceived(request, officer.authority());
        String name = ReleasedFile.requireName(label.name());
        String type = ReleasedFile.requireType(label.type());
        if (!(requests.proceeding(request).state() instanceof RequestProceeding.State.Approved)) {
            throw new Malformed("handover.not-approved");
        }
        if (of(request).size() >= Handover.ItemReleased.FILES_MAX) {
            throw new Malformed("handover.too-many-files", Integer.toString(Handover.ItemReleased.FILES_MAX));
        }
        Counted counted = new Counted(content);
        AuthorityCode asker = (AuthorityCode) requests.opening(request).from();
        BodyReference body = bodies.seal(counted, asker);
        sql.sql("""
                        insert into uploaded_file
                            (body, request, ciphertext_bytes, commitment, name, type, bytes, officer, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        body.ciphertext().bytes(),
                        request.bytes(),
                        body.bytes(),
                        body.commitment().bytes(),
                        name,
                        type,
                        counted.bytes,
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()))
                .update();
        return new Uploaded(body, new ReleasedFile(body.ciphertext(), name, type, counted.bytes));
    }

    /** The files that wait for the release of what was asked, the oldest first. */
    public List<Uploaded> of(Digest request) {
        return sql.sql("select * from uploaded_file where request = ? order by at, body")
                .param(request.bytes())
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * The files of these bodies, which MUST have been uploaded for this request, in this order.
     *
     * @throws Malformed {@code handover.file-unknown}
     */
    List<Uploaded> require(Digest request, List<Digest> named) throws IOException, Malformed {
        List<Uploaded> waiting = of(request);
        List<Uploaded> found = new ArrayList<>();
        for (Digest body : named) {
            Uploaded file = waiting.stream()
                    .filter(one -> one.body().ciphertext().equals(body))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("handover.file-unknown", body.hex()));
            if (found.contains(file) || !bodies.renew(body)) {
                throw new Malformed("handover.file-unknown", body.hex());
            }
            found.add(file);
        }
        return found;
    }

    /** They stand in a release now; MUST be called in the transaction that says it. */
    void released(Handover.ItemReleased message) {
        sql.sql("delete from uploaded_file where request = ?")
                .param(message.request().bytes())
                .update();
    }

    /** Forgets what no release has named; its bodies are erased as ones that nothing names. */
    public void sweep() {
        sql.sql("delete from uploaded_file where at < ?")
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }

    private static Uploaded read(ResultSet row) throws SQLException {
        BodyReference body = new BodyReference(
                Digest.ofBytes(row.getBytes("body")),
                row.getLong("ciphertext_bytes"),
                Digest.ofBytes(row.getBytes("commitment")));
        return new Uploaded(
                body,
                new ReleasedFile(
                        body.ciphertext(), row.getString("name"), row.getString("type"), row.getLong("bytes")));
    }

    private static final class Counted extends FilterInputStream {
        private long bytes;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }
}
