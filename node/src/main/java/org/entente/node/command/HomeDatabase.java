package org.entente.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseAddress;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.database.StartProgress;
import org.entente.node.home.NodeHome;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** The database of a home: its own server, or the one that somebody else runs. */
final class HomeDatabase {
    private HomeDatabase() {}

    /**
     * Opens it, and says on the way how far it has come.
     *
     * @param url of an external server; empty for the home's own
     */
    static Database open(NodeHome home, String url, Language language, PrintWriter messages)
            throws Malformed, DatabaseUnavailable {
        StartProgress progress = part -> messages.println(
                Catalogue.say(language, "progress.database." + part.name().toLowerCase(Locale.ROOT)));
        return url.isEmpty()
                ? Database.openEmbedded(home.folder(), cache(), progress)
                : Database.openExternal(DatabaseAddress.parse(url), progress);
    }

    private static Path cache() {
        String given = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return base.resolve("entente");
    }
}
