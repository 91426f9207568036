package org.entente.node.handover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.VerifiedBody;
import org.entente.exchange.message.Handover;
import org.entente.node.act.NothingHere;
import org.entente.node.body.Bodies;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Files that came with released items: verified before the item counts as opened, and shown as long as it is kept. */
public final class ReceivedFiles {
    private static final String MEMBER = "files";

    private final JdbcClient sql;
    private final Statements statements;
    private final Bodies bodies;

    public ReceivedFiles(JdbcClient sql, Statements statements, Bodies bodies) {
        this.sql = sql;
        this.statements = statements;
        this.bodies = bodies;
    }

    /** A file whose whole body was read and is what the sender committed to. */
    public record Opened(ReleasedFile file, VerifiedBody content) {}

    /**
     * Reads what an item's body says of the files of its release, and every file to its end.
     *
     * @param item the members of the item's body
     * @throws Malformed {@code handover.files-differ} when the body does not speak of the files that the statement names, in their order,
     *     or of other lengths; what {@link Bodies#verify} says
     */
    List<ReleasedFile> verify(Handover.ItemReleased released, Members item, AuthorityCode receiver)
            throws IOException, Malformed {
        List<ReleasedFile> files = new ArrayList<>();
        if (item.has(MEMBER)) {
            for (JsonNode file : item.array(MEMBER, 1, Handover.ItemReleased.FILES_MAX)) {
                files.add(ReleasedFile.read(Members.of(file, MEMBER)));
            }
        }
        List<Digest> named =
                released.files().stream().map(BodyReference::ciphertext).toList();
        if (!files.stream().map(ReleasedFile::body).toList().equals(named)) {
            throw new Malformed("handover.files-differ");
        }
        for (int place = 0; place < files.size(); place++) {
            if (bodies.verify(released.files().get(place), receiver).contentBytes()
                    != files.get(place).bytes()) {
                throw new Malformed("handover.files-differ");
            }
        }
        return files;
    }

    /** Keeps what was found; MUST be called in the transaction that takes the item in. */
    void keep(Digest release, List<ReleasedFile> files) {
        for (int place = 0; place < files.size(); place++) {
            ReleasedFile file = files.get(place);
            sql.sql("""
                            insert into received_file (statement, place, body, name, type, bytes)
                            values (?, ?, ?, ?, ?, ?)""")
                    .params(release.bytes(), place, file.body().bytes(), file.name(), file.type(), file.bytes())
                    .update();
        }
    }

    /** The files of a release that was taken in and is kept. */
    public List<ReleasedFile> of(Digest release) {
        return sql.sql("select * from received_file where statement = ? order by place")
                .param(release.bytes())
                .query((row, number) -> new ReleasedFile(
                        Digest.ofBytes(row.getBytes("body")),
                        row.getString("name"),
                        row.getString("type"),
                        row.getLong("bytes")))
                .list();
    }

    /**
     * A file of a release to an authority, verified anew.
     *
     * @throws NothingHere when the authority has no such file, or has it no more
     */
    public Opened open(Digest release, Digest body, AuthorityCode authority)
            throws IOException, Malformed, NothingHere {
        ReleasedFile file = of(release).stream()
                .filter(one -> one.body().equals(body))
                .findFirst()
                .orElseThrow(NothingHere::new);
        Statements.Entry entry = statements
                .find(release)
                .filter(found -> found.statement().to().equals(Optional.of(authority)))
                .orElseThrow(NothingHere::new);
        BodyReference reference = entry.message().bodies().stream()
                .filter(one -> one.ciphertext().equals(body))
                .findFirst()
                .orElseThrow(NothingHere::new);
        return new Opened(file, bodies.verify(reference, authority));
    }
}
