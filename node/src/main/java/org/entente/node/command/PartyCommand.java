package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.fingerprint.SpokenFingerprint;
import org.entente.evidence.fingerprint.WordList;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.CertificateRequest;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.PreparedSuccession;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente party}: what a party does with its card and its logs after they were made. */
@Command(
        name = "party",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            PartyCommand.Card.class,
            PartyCommand.Succeed.class,
            PartyCommand.RequestCertificate.class,
            ReopenLogCommand.class
        })
final class PartyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Shows the fingerprint of a card, in digits and in words, to be read to the other side or compared with what it reads. */
    @Command(name = "card", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Card implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "CARD", descriptionKey = "party.card")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException, Malformed {
            PartyCard card = PartyCard.parse(SourceFile.read(file, PartyCard.BYTES_MAX));
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            Language.ofEnvironment(System.getenv()),
                            "party.card",
                            card.party().text(),
                            Integer.toString(card.serial()),
                            card.fingerprintText(),
                            SpokenFingerprint.lines(card.fingerprint(), WordList.ENGLISH),
                            SpokenFingerprint.lines(card.fingerprint(), WordList.SPANISH)));
            return 0;
        }

        static WordList wordsOf(Language language) {
            return switch (language) {
                case ENGLISH -> WordList.ENGLISH;
                case SPANISH -> WordList.SPANISH;
            };
        }
    }

    /** Draws new working keys and has the root sign a card with them; the node takes it up when it starts next. */
    @Command(name = "succeed", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Succeed implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
        private Path home = Path.of("");

        @Option(
                names = "--keys",
                split = ",",
                defaultValue = "statement,log,cosigning",
                paramLabel = "statement|log|cosigning|link|body",
                descriptionKey = "party.keys")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--revoke", paramLabel = "retired|compromised", descriptionKey = "party.revoke")
        private String revoke = "";

        @Option(names = "--certificates", paramLabel = "FILE", descriptionKey = "party.certificates")
        private Path certificates = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "node.passphrase-file")
        private String passphraseFile = "";

        @Option(names = "--root-passphrase-file", paramLabel = "FILE", descriptionKey = "node.root-passphrase-file")
        private String rootPassphraseFile = "";

        @Override
        public Integer call() throws IOException, Malformed {
            PreparedSuccession prepared = PreparedSuccession.prepare(
                    new NodeHome(home),
                    new PreparedSuccession.Renewal(which(), reason(), certificates()),
                    new NodeBirth.Passphrases(
                            NodeCommand.Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE"),
                            NodeCommand.Passphrase.read(rootPassphraseFile, "ENTENTE_ROOT_PASSPHRASE")),
                    new SecureRandom(),
                    Instant.now());
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            Language.ofEnvironment(System.getenv()),
                            "party.succession-prepared",
                            prepared.card().party().text(),
                            Integer.toString(prepared.card().serial()),
                            prepared.card().fingerprintText()));
            return 0;
        }

        private Set<NodeKeys.Renewed> which() throws Malformed {
            Set<NodeKeys.Renewed> which = EnumSet.noneOf(NodeKeys.Renewed.class);
            for (String word : keys) {
                which.add(find(NodeKeys.Renewed.values(), word));
            }
            return which;
        }

        private Optional<CertificateChain> certificates() throws IOException, Malformed {
            return certificates.toString().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            CertificateChain.readPem(SourceFile.read(certificates, 2 * CertificateChain.BYTES_MAX)));
        }

        private Optional<KeyRevoked.Reason> reason() throws Malformed {
            return revoke.isEmpty() ? Optional.empty() : Optional.of(find(KeyRevoked.Reason.values(), revoke));
        }

        private static <E extends Enum<E>> E find(E[] values, String word) throws Malformed {
            for (E value : values) {
                if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return value;
                }
            }
            throw new Malformed("command.word-unknown", word);
        }
    }

    /** Makes the next keys for statements and asks an authority for a certificate for them. */
    @Command(name = "request-certificate", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class RequestCertificate implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
        private Path home = Path.of("");

        @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "party.request-out")
        private Path out = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "node.passphrase-file")
        private String passphraseFile = "";

        @Override
        public Integer call() throws IOException, Malformed {
            byte[] request = CertificateRequest.make(
                    new NodeHome(home),
                    NodeCommand.Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE"),
                    new SecureRandom());
            PrivateFile.write(out, request);
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            Language.ofEnvironment(System.getenv()), "party.certificate-requested", out.toString()));
            return 0;
        }
    }
}
