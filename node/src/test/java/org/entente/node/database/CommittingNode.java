package org.entente.node.database;

import java.nio.file.Path;
import java.util.Optional;

/** A process that opens a home's database and commits row after row until somebody kills it or no longer
 * listens. */
final class CommittingNode {
    private CommittingNode() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        EmbeddedPostgres server = EmbeddedPostgres.start(
                home, Path.of(arguments[1]), Boolean.parseBoolean(arguments[2]), StartProgress.SILENT);
        Database database = Database.open(
                server.address(), Optional.of(server), EmbeddedPostgresTest.MIGRATIONS, StartProgress.SILENT);
        System.out.println("server " + server.pid());
        for (int row = 1; !System.out.checkError(); row++) {
            database.client()
                    .sql("insert into kept (row) values (?)")
                    .param(row)
                    .update();
            System.out.println("committed " + row);
        }
    }
}
