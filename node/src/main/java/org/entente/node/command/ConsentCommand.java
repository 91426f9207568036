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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente consent}: asks the originator before an item goes further, and answers who asks. */
@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            ConsentCommand.Ask.class,
            ConsentCommand.Give.class,
            ConsentCommand.Withhold.class,
            ConsentCommand.End.class
        })
final class ConsentCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code entente consent ask}. */
    @Command(name = "ask", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Ask implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Filling filling = new Filling();

        @Mixin
        private ProceedingsCommand.Addressee addressee = new ProceedingsCommand.Addressee();

        @Option(names = "--item", required = true, paramLabel = "STATEMENT", descriptionKey = "proceedings.item")
        private List<String> items = new ArrayList<>();

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            return filling.open(
                    "onward-consent",
                    addressee.addressed(),
                    items.stream().map(item -> "items=" + item).toList(),
                    spec);
        }
    }

    /** One step of a proceeding about consent. */
    abstract static class Step implements Callable<Integer> {
        private final String step;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Filling filling = new Filling();

        @Parameters(paramLabel = "OPENING", descriptionKey = "proceedings.opening")
        private String opening = "";

        Step(String step) {
            this.step = step;
        }

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            return filling.take(opening, step, List.of(), spec);
        }
    }

    /** {@code entente consent give}: the originator consents. */
    @Command(name = "give", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Give extends Step {
        Give() {
            super("give");
        }
    }

    /** {@code entente consent withhold}: the originator does not consent. */
    @Command(name = "withhold", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Withhold extends Step {
        Withhold() {
            super("withhold");
        }
    }

    /** {@code entente consent end}: the originator takes its consent back. */
    @Command(name = "end", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class End extends Step {
        End() {
            super("end");
        }
    }
}
