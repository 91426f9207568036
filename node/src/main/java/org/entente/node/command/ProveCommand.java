package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Promise;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.proof.Counterexample;
import org.entente.memorandum.proof.Proof;
import org.entente.memorandum.rendering.CounterexampleWords;
import org.entente.memorandum.rendering.Language;
import org.entente.node.language.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum prove}: what no conforming node permits under a text, and for what it may, the plainest story. */
@Command(name = "prove", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ProveCommand implements Callable<Integer> {
    private static final int WIDTH = 110;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Option(names = "--properties", paramLabel = "FILE", descriptionKey = "memorandum.properties")
    private Path propertiesFile = Path.of("");

    @Option(names = "--language", paramLabel = "en|es", descriptionKey = "memorandum.both-languages")
    private String tag = "";

    @Override
    public Integer call() throws IOException, Malformed, InterruptedException {
        List<Language> languages = Tongues.of(tag);
        Memorandum memorandum = MemorandumCommand.read(file);
        List<Property> properties = propertiesFile.toString().isEmpty()
                ? List.of()
                : Property.parse(MemorandumCommand.text(propertiesFile), memorandum);
        List<Promise> promises = new ArrayList<>(List.of(Never.values()));
        promises.addAll(properties);
        Proof proof = Proof.of(memorandum, properties);
        Proof.Report report = Proof.report(run(proof, promises));
        for (Language language : languages) {
            print(memorandum, proof, promises, report, language);
        }
        return report.breaches().isEmpty() ? 0 : Entente.REFUSED;
    }

    /** On every processor. */
    private List<Proof.Part> run(Proof proof, List<Promise> promises) throws InterruptedException, Malformed {
        List<Proof.Part> parts = new ArrayList<>();
        try (ExecutorService crew =
                        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
                ProgressLine progress = ProgressLine.onTerminal(
                        spec.commandLine().getErr(),
                        org.entente.node.language.Language.ofEnvironment(System.getenv()))) {
            ExecutorCompletionService<Proof.Part> done = new ExecutorCompletionService<>(crew);
            List<ActName> acts = proof.parts();
            acts.forEach(act -> done.submit(() -> proof.run(act, promises)));
            progress.show("prove", 0, acts.size());
            while (parts.size() < acts.size()) {
                parts.add(done.take().get());
                progress.show("prove", parts.size(), acts.size());
            }
        } catch (ExecutionException e) {
            throw new Malformed("command.proof-broken", String.valueOf(e.getCause()));
        }
        return parts;
    }

    private void print(
            Memorandum memorandum, Proof proof, List<Promise> promises, Proof.Report report, Language language) {
        PrintWriter out = spec.commandLine().getOut();
        org.entente.node.language.Language words = org.entente.node.language.Language.ofTag(language.code());
        Proof.Sizes sizes = proof.sizes();
        out.println(Catalogue.say(
                words,
                "memorandum.proved",
                memorandum.id(),
                Integer.toString(memorandum.version()),
                Integer.toString(sizes.authorities()),
                Integer.toString(sizes.purposes()),
                Integer.toString(sizes.categories()),
                Long.toString(report.cases())));
        out.println();
        for (Promise promise : promises) {
            String sentence = CounterexampleWords.promise(promise, language);
            if (report.breach(promise).isEmpty()) {
                out.println(Catalogue.say(words, "memorandum.holds", Long.toString(report.cases()), sentence));
                continue;
            }
            Counterexample counterexample =
                    proof.tell(promise, report.breach(promise).get());
            out.println(Catalogue.say(words, "memorandum.does-not-hold", sentence));
            String story = String.join(" ", CounterexampleWords.story(counterexample, language));
            Columns.wrapped(story, WIDTH).forEach(line -> out.println("     " + line));
        }
        out.println();
        Columns.wrapped(Catalogue.say(words, "memorandum.proof-means"), WIDTH).forEach(out::println);
        out.println();
    }
}
