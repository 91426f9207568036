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
import picocli.CommandLine.Spec;

/** {@code entente request}: asks a partner for what it knows about a case. */
@Command(name = "request", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class RequestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Filling filling = new Filling();

    @Mixin
    private ProceedingsCommand.Addressee addressee = new ProceedingsCommand.Addressee();

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        return filling.open("request-for-information", addressee.addressed(), List.of(), spec);
    }
}
