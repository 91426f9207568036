package org.entente.node.command;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.NodeRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente answer}: answers a request, in full or with one of the other steps that the form knows. */
@Command(name = "answer", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ReplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Filling filling = new Filling();

    @Option(names = "--step", paramLabel = "STEP", descriptionKey = "proceedings.answer-step")
    private String step = "answer";

    @Parameters(paramLabel = "OPENING", descriptionKey = "proceedings.opening")
    private String opening = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        return filling.take(opening, step, List.of(), spec);
    }
}
