package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code entente memorandum verify}: what each statement is worth, and how the memorandum stands by all of them, on any machine and without a node. The
 * statements count in the order in which they are given. Ends with 0 when every one holds, with 1 when one does not.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class VerifyMemorandumCommand implements Callable<Integer> {
    private final Language language = Language.ofEnvironment(System.getenv());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "STATEMENT", descriptionKey = "memorandum.statements")
    private List<Path> statements = new ArrayList<>();

    @Option(names = "--card", required = true, paramLabel = "CARD", descriptionKey = "evidence.party")
    private List<Path> cards = new ArrayList<>();

    @Override
    public Integer call() throws IOException, Malformed {
        Memorandum memorandum = MemorandumCommand.read(file);
        DeclarationFiles files = new DeclarationFiles(BundleReader.pinned(cards));
        PrintWriter out = spec.commandLine().getOut();
        out.println(say(
                "memorandum.digest",
                memorandum.id(),
                Integer.toString(memorandum.version()),
                memorandum.digest().hex()));
        Standing standing = new Standing.Draft(memorandum);
        boolean all = true;
        for (Path statement : statements) {
            Verdict verdict = verdict(files, statement, standing);
            out.println(statement + ": " + verdict.words);
            standing = verdict.standing;
            all &= verdict.holds;
        }
        standing(standing).forEach(out::println);
        return all ? 0 : Entente.REFUSED;
    }

    /** What one statement is worth, and how the memorandum stands after it. */
    private record Verdict(boolean holds, String words, Standing standing) {}

    private Verdict verdict(DeclarationFiles files, Path file, Standing before) throws IOException {
        LifecycleEvent event;
        try {
            event = files.read(file);
        } catch (Malformed refused) {
            return new Verdict(
                    false, say("memorandum.declaration-refused", Catalogue.say(refused.problem(), language)), before);
        }
        return switch (Lifecycle.apply(before, event)) {
            case Lifecycle.Moved moved -> new Verdict(true, holds(event, before.memorandum()), moved.standing());
            case Lifecycle.Unmoved unmoved ->
                new Verdict(
                        false,
                        say("memorandum.declaration-refused", Catalogue.say(unmoved.problem(), language)),
                        before);
        };
    }

    private String holds(LifecycleEvent event, Memorandum memorandum) {
        String holds = say(
                "memorandum.declaration-holds",
                event.kind().word(),
                event.party().text(),
                UtcSeconds.print(event.at()));
        boolean otherWords =
                event.texts().isPresent() && !event.texts().equals(Optional.of(RenderedText.both(memorandum)));
        return otherWords ? holds + " " + say("memorandum.declaration-in-other-words") : holds;
    }

    private List<String> standing(Standing standing) {
        List<String> lines = new ArrayList<>();
        switch (standing) {
            case Standing.Draft _ -> lines.add(say("memorandum.stands.draft"));
            case Standing.Signed signed -> lines.add(say("memorandum.stands.signed", missing(signed)));
            case Standing.InForce inForce ->
                lines.add(say("memorandum.stands.in-force", UtcSeconds.print(inForce.since())));
            case Standing.Suspended suspended ->
                lines.add(say(
                        "memorandum.stands.suspended",
                        UtcSeconds.print(suspended.since()),
                        suspended.by().text()));
            case Standing.Withdrawn withdrawn ->
                lines.add(say(
                        "memorandum.stands.withdrawn",
                        UtcSeconds.print(withdrawn.ends()),
                        withdrawn.by().text()));
            case Standing.Superseded _ -> throw new IllegalStateException("one version alone");
        }
        if (standing instanceof Standing.Concluded concluded) {
            concluded
                    .course()
                    .suspended()
                    .forEach((clause, suspension) -> lines.add(say(
                            "memorandum.clause-suspended",
                            clause.text(),
                            UtcSeconds.print(suspension.since()),
                            suspension.by().text())));
        }
        return lines;
    }

    private static String missing(Standing.Signed signed) {
        return signed.memorandum().parties().keySet().stream()
                .filter(party -> !signed.signatures().containsKey(party))
                .map(PartyCode::text)
                .collect(Collectors.joining(", "));
    }

    private String say(String code, Object... arguments) {
        return Catalogue.say(language, code, arguments);
    }
}
