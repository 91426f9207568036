package org.entente.node.command;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.NodeRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entente recall}: calls back what was handed over. */
@Command(name = "recall", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class RecallCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Filling filling = new Filling();

    @Mixin
    private ProceedingsCommand.Addressee addressee = new ProceedingsCommand.Addressee();

    @Option(names = "--item", required = true, paramLabel = "STATEMENT", descriptionKey = "proceedings.item")
    private List<String> items = new ArrayList<>();

    @Option(names = "--because", required = true, paramLabel = "WORD", descriptionKey = "proceedings.because")
    private String because = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        List<String> more = new ArrayList<>();
        items.forEach(item -> more.add("items=" + item));
        more.add("because=" + because);
        return filling.open("recall", addressee.addressed(), more, spec);
    }
}
