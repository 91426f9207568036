package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.page.EffectsPage;
import org.entente.memorandum.rendering.Effects;
import org.entente.memorandum.rendering.EffectsWords;
import org.entente.memorandum.rendering.Language;
import org.entente.node.language.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum effects}: who may give what to whom, and on what condition. */
@Command(name = "effects", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class EffectsCommand implements Callable<Integer> {
    private static final Columns TABLE = new Columns(3, 22, 34, 22, 20, 10);
    private static final int WIDTH = 110;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Option(names = "--language", paramLabel = "en|es", descriptionKey = "memorandum.both-languages")
    private String tag = "";

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "memorandum.html")
    private String html = "";

    @Override
    public Integer call() throws IOException, Malformed {
        List<Language> languages = Tongues.of(tag);
        Optional<TargetFile> target = TargetFile.of(html);
        Effects effects = Effects.of(MemorandumCommand.read(file));
        if (target.isPresent()) {
            target.get().write(EffectsPage.screen(effects), spec.commandLine().getErr());
        }
        languages.forEach(language -> print(effects, language));
        return 0;
    }

    private void print(Effects effects, Language language) {
        PrintWriter out = spec.commandLine().getOut();
        TABLE.row(heads(language)).forEach(out::println);
        out.println(TABLE.rule());
        for (EffectsWords.Line line : EffectsWords.lines(effects, language)) {
            TABLE.row(
                            Integer.toString(line.number()),
                            line.sides().givers(),
                            line.act() + " " + line.matter().categories(),
                            line.sides().receivers(),
                            line.matter().purposes(),
                            line.clauses())
                    .forEach(out::println);
            Columns.wrapped(String.join("; ", line.conditions()), WIDTH)
                    .forEach(condition -> out.println("     " + condition));
            out.println();
        }
        pairs(effects, language);
        EffectsWords.always(effects.memorandum(), language)
                .forEach(note -> Columns.wrapped(note, WIDTH).forEach(out::println));
        out.println();
    }

    private static String[] heads(Language language) {
        String words = say(language, "memorandum.effects-heads");
        return words.split("\\|", -1);
    }

    /** The matrix, line by line: from whom, to whom, by which rows. */
    private void pairs(Effects effects, Language language) {
        PrintWriter out = spec.commandLine().getOut();
        for (Effects.Group giver : effects.groups()) {
            String received = effects.groups().stream()
                    .filter(receiver -> !effects.between(giver, receiver).isEmpty())
                    .map(receiver -> say(
                            language,
                            "memorandum.effects-by-row",
                            names(effects, receiver, language),
                            effects.between(giver, receiver).stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", "))))
                    .collect(Collectors.joining("; "));
            if (!received.isEmpty()) {
                Columns.wrapped(names(effects, giver, language) + " → " + received, WIDTH)
                        .forEach(out::println);
            }
        }
        out.println();
    }

    private static String names(Effects effects, Effects.Group group, Language language) {
        return EffectsWords.authorities(effects.memorandum(), group.authorities(), language);
    }

    private static String say(Language language, String code, Object... arguments) {
        return Catalogue.say(org.entente.node.language.Language.ofTag(language.code()), code, arguments);
    }
}
