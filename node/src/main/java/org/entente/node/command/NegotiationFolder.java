package org.entente.node.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.negotiation.Move;
import org.entente.memorandum.negotiation.Negotiation;
import org.entente.memorandum.negotiation.Table;
import org.entente.node.home.NodeHome;

/**
 * A negotiation as files that can be carried by whatever means the parties trust: {@code MX.card.json} for each party, and one
 * statement a file, named by its id. Whoever has a card here is a party to the negotiation. Everything is verified each time it is
 * read; a file that is not what it must be is listed and counts for nothing.
 */
final class NegotiationFolder {
    private static final String ENDING = ".json";
    private static final String CARD = ".card.json";
    private static final int FILES_MAX = 20_000;
    private static final long BYTES_MAX = 1L << 27;

    private final Path folder;
    private final SortedMap<PartyCode, PartyCard> cards = new TreeMap<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();
    private long bytes;

    /** A file that counts for nothing, and why. */
    record Stray(String file, Problem problem) {}

    private NegotiationFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads cards and statements.
     *
     * @throws Malformed {@code negotiation.no-folder}, {@code negotiation.too-much}, or what is wrong with a card: without all cards nobody can tell
     *     who takes part
     */
    static NegotiationFolder read(Path folder) throws IOException, Malformed {
        if (!Files.isDirectory(folder)) {
            throw new Malformed("negotiation.no-folder", folder.toString());
        }
        NegotiationFolder read = new NegotiationFolder(folder);
        List<Path> files = read.files();
        for (Path file : files) {
            if (name(file).endsWith(CARD)) {
                read.card(file);
            }
        }
        for (Path file : files) {
            if (!name(file).endsWith(CARD)) {
                read.statement(file);
            }
        }
        return read;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private List<Path> files() throws IOException, Malformed {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : listed) {
                files.add(file);
                if (files.size() > FILES_MAX) {
                    throw tooMuch();
                }
            }
        }
        files.sort(null);
        return files;
    }

    private Malformed tooMuch() {
        return new Malformed(
                "negotiation.too-much", folder.toString(), Integer.toString(FILES_MAX), Long.toString(BYTES_MAX >> 20));
    }

    private byte[] content(Path file, int bytesMax) throws IOException, Malformed {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Malformed("file.not-regular", file.toString());
        }
        long size = Files.size(file);
        if (size > bytesMax) {
            throw new Malformed("json.too-large", Integer.toString(bytesMax));
        }
        bytes += size;
        if (bytes > BYTES_MAX) {
            throw tooMuch();
        }
        return Files.readAllBytes(file);
    }

    private void card(Path file) throws IOException, Malformed {
        PartyCard card = PartyCard.parse(content(file, PartyCard.BYTES_MAX));
        if (!name(file).equals(card.party().text() + CARD)) {
            throw new Malformed(
                    "negotiation.card-name", Quoted.of(name(file)), card.party().text());
        }
        cards.put(card.party(), card);
    }

    private void statement(Path file) throws IOException, Malformed {
        byte[] content;
        try {
            content = content(file, Statement.BYTES_MAX);
        } catch (Malformed refused) {
            if (refused.problem().code().equals("negotiation.too-much")) {
                throw refused;
            }
            strays.add(new Stray(name(file), refused.problem()));
            return;
        }
        try {
            UnverifiedStatement claimed = Statement.parse(content);
            if (!name(file).equals(claimed.id().hex() + ENDING)) {
                throw new Malformed("negotiation.file-name", claimed.id().hex());
            }
            PartyCard card = cards.get(claimed.claimedFrom().party());
            if (card == null) {
                throw new Malformed(
                        "negotiation.no-card", claimed.claimedFrom().party().text());
            }
            moves.add(Move.read(claimed.verify(card), card));
        } catch (Malformed refused) {
            strays.add(new Stray(name(file), refused.problem()));
        }
    }

    /** Who takes part. */
    SortedMap<PartyCode, PartyCard> cards() {
        return Collections.unmodifiableSortedMap(cards);
    }

    List<Stray> strays() {
        return List.copyOf(strays);
    }

    /** Puts a party's own card here, or requires the one that is here to be it. */
    void join(PartyCard card) throws IOException, Malformed {
        PartyCard here = cards.putIfAbsent(card.party(), card);
        if (here == null) {
            NodeHome.write(folder.resolve(card.party().text() + CARD), card.bytes());
        } else if (!here.equals(card)) {
            throw new Malformed("negotiation.other-card", card.party().text());
        }
    }

    /** Keeps a statement under its id. */
    void keep(Statement statement) throws IOException {
        NodeHome.write(folder.resolve(statement.id().hex() + ENDING), statement.bytes());
    }

    /**
     * The negotiation of that memorandum and version, between all whose cards lie here.
     *
     * @throws Malformed {@code negotiation.too-few-cards}, or {@code negotiation.another} when the folder holds another one
     */
    Table table(String memorandum, int version) throws Malformed {
        if (cards.size() < 2) {
            throw new Malformed("negotiation.too-few-cards", folder.toString());
        }
        boolean other = !moves.isEmpty()
                && moves.stream()
                        .noneMatch(move -> move.negotiation().memorandum().equals(memorandum)
                                && move.negotiation().version() == version);
        if (other) {
            Negotiation first = moves.getFirst().negotiation();
            throw new Malformed("negotiation.another", first.memorandum(), Integer.toString(first.version()));
        }
        return Table.of(new Negotiation(memorandum, version, new TreeSet<>(cards.keySet())), moves);
    }

    /**
     * The one negotiation that lies here.
     *
     * @throws Malformed {@code negotiation.empty}, or {@code negotiation.several} when the statements are about several texts: which one is
     *     meant is never guessed
     */
    Table table() throws Malformed {
        SortedMap<String, String> named = new TreeMap<>();
        for (Move move : moves) {
            Negotiation negotiation = move.negotiation();
            named.putIfAbsent(
                    negotiation.memorandum() + " (" + negotiation.version() + ")",
                    move.id().hex() + ENDING);
        }
        if (named.isEmpty()) {
            throw new Malformed("negotiation.empty", folder.toString());
        }
        if (named.size() > 1) {
            throw new Malformed(
                    "negotiation.several",
                    folder.toString(),
                    String.join(
                            "; ",
                            named.entrySet().stream()
                                    .map(text -> text.getKey() + ": " + text.getValue())
                                    .toList()));
        }
        Negotiation first = moves.getFirst().negotiation();
        return table(first.memorandum(), first.version());
    }
}
