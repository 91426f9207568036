package org.entente.node.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Finding;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Reading;
import org.entente.memorandum.rendering.Rendering;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum}: checks a text, shows it in words, proves it, and has it signed. */
@Command(
        name = "memorandum",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            MemorandumCommand.Check.class,
            MemorandumCommand.Show.class,
            RenderCommand.class,
            DiffCommand.class,
            EffectsCommand.class,
            ExplainCommand.class,
            ProveCommand.class,
            SignCommand.class,
            CountersignCommand.class,
            VerifyMemorandumCommand.class
        })
final class MemorandumCommand implements Runnable {
    private static final int BYTES_MAX = 1 << 18;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static String text(Path file) throws IOException, Malformed {
        if (!Files.isRegularFile(file)) {
            throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", file.toString());
        }
        if (Files.size(file) > BYTES_MAX) {
            throw new Malformed("memorandum.yaml.too-large", Integer.toString(BYTES_MAX));
        }
        return utf8(Files.readAllBytes(file));
    }

    static Memorandum read(Path file) throws IOException, Malformed {
        return Memorandum.parseYaml(text(file));
    }

    private static String utf8(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("file.not-utf8");
        }
    }

    /** Says all that is found in the text, as compilers do, so that editors can jump there; and whether it can be signed, and its digest. */
    @Command(name = "check", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException, Malformed {
            Language language = Language.ofEnvironment(System.getenv());
            Reading reading = Memorandum.check(text(file));
            reading.findings().forEach(finding -> spec.commandLine().getErr().println(line(finding, language)));
            return switch (reading) {
                case Reading.Faulty _ -> Entente.UNUSABLE;
                case Reading.Sound sound -> signable(sound.memorandum(), language);
            };
        }

        private String line(Finding finding, Language language) {
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            return file + ":" + finding.line() + ":" + finding.column() + ": " + severity + ": "
                    + withoutPlace(finding, language);
        }

        /** The place stands before the sentence already. */
        private static String withoutPlace(Finding finding, Language language) {
            String sentence = Catalogue.say(finding.problem(), language);
            String line = Integer.toString(finding.line());
            for (String place : List.of(
                    Catalogue.say(language, "memorandum.at-line", line),
                    Catalogue.say(
                            language, "memorandum.at-line-and-column", line, Integer.toString(finding.column())))) {
                if (sentence.startsWith(place)) {
                    return sentence.substring(place.length()).strip();
                }
            }
            return sentence;
        }

        private int signable(Memorandum memorandum, Language language) {
            Set<Never> broken = memorandum.brokenPromises();
            for (Never promise : broken) {
                spec.commandLine()
                        .getErr()
                        .println(Catalogue.say(language, "memorandum.promise-broken", promise.word()));
            }
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            language,
                            broken.isEmpty() ? "memorandum.signable" : "memorandum.not-signable",
                            memorandum.id(),
                            memorandum.digest().hex()));
            return broken.isEmpty() ? 0 : Entente.REFUSED;
        }
    }

    /** Prints the text in words, paragraph by paragraph. */
    @Command(name = "show", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Show implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
        private Path file = Path.of("");

        @Option(names = "--language", defaultValue = "en", paramLabel = "en|es", descriptionKey = "memorandum.language")
        private String tag = "";

        @Override
        public Integer call() throws IOException, Malformed {
            org.entente.memorandum.rendering.Language language = switch (Language.ofTag(tag)) {
                case ENGLISH -> org.entente.memorandum.rendering.Language.EN;
                case SPANISH -> org.entente.memorandum.rendering.Language.ES;
            };
            Rendering.of(read(file), language)
                    .forEach(paragraph -> spec.commandLine()
                            .getOut()
                            .println((paragraph.number() + "  " + paragraph.text()).strip()));
            return 0;
        }
    }
}
