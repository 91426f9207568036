package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.command.Entente;
import org.entente.node.language.Language;

/** An officer at the command line of a house. */
final class Desk {
    private final House house;
    private final Credential credential;
    private final Path file;

    private Desk(House house, Credential credential, Path file) {
        this.house = house;
        this.credential = credential;
        this.file = file;
    }

    static Desk of(House house, Role role, Path folder) throws Exception {
        Credential credential = house.enrol(role);
        Path file = folder.resolve(credential.pseudonym() + ".json");
        credential.store(file);
        return new Desk(house, credential, file);
    }

    Credential credential() {
        return credential;
    }

    /** What a command answers, which must do what was asked. */
    String does(String... command) throws Exception {
        Ended ended = run(command);
        assertThat(ended.code()).as(ended.said()).isZero();
        return ended.out().strip();
    }

    /** What a command says on its error line, which must refuse. */
    String isRefused(String... command) throws Exception {
        Ended ended = run(command);
        assertThat(ended.code()).as(ended.out()).isNotZero();
        return ended.said();
    }

    private record Ended(int code, String out, String said) {}

    private Ended run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(
                "--node",
                house.address(),
                "--certificate",
                house.certificate().toString(),
                "--credential",
                file.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Entente.run(new PrintWriter(out), new PrintWriter(err), Language.ENGLISH, words.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    /** A file with a text, for commands that read one. */
    Path file(String name, String text) throws Exception {
        return Files.writeString(file.resolveSibling(credential.pseudonym() + "-" + name), text);
    }
}
