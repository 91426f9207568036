package org.entente.node.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code entente evidence}: what a bundle proves, and what a probe asked, without any node. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            BundleCommand.class,
            VerifyCommand.class,
            CertificateCommand.class,
            ReceiptCommand.class,
            VerifyReceiptCommand.class,
            CheckCommand.class,
            OpenProbeCommand.class,
            VerifyProbeCommand.class
        })
final class EvidenceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
