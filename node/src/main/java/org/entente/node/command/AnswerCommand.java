package org.entente.node.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.negotiation.Move;
import org.entente.memorandum.negotiation.Part;
import org.entente.memorandum.negotiation.PartState;
import org.entente.memorandum.negotiation.Proposal;
import org.entente.memorandum.negotiation.Said;
import org.entente.memorandum.negotiation.Table;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers to what lies in a negotiation's folder, part by part; all that are named, or none when one of them cannot be. */
abstract class AnswerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Spokesperson speaker = new Spokesperson();

    /** The parts as they were written on the command line. */
    abstract List<String> named();

    /** The statement that is answered on this part. */
    abstract Move answered(Table table, Part part, PartyCode own) throws Malformed;

    abstract Said.Kind kind();

    SortedSet<Part> parts(Table table, PartyCode own) throws Malformed {
        SortedSet<Part> parts = new TreeSet<>();
        for (String text : named()) {
            parts.add(Part.parse(text));
        }
        return parts;
    }

    @Override
    public Integer call() throws IOException, Malformed {
        Optional<String> reason = speaker.reason();
        PartyCode own = speaker.card().party();
        NegotiationFolder folder = speaker.folder();
        Table table = folder.table();
        if (!folder.cards().containsKey(own)) {
            throw new Malformed("negotiation.no-card", own.text());
        }
        folder.join(speaker.card());
        List<Said> said = new ArrayList<>();
        for (Part part : parts(table, own)) {
            said.add(Said.answer(kind(), answered(table, part, own), reason));
        }
        speaker.say(folder, table, said);
        Language language = Language.ofEnvironment(System.getenv());
        for (Said one : said) {
            spec.commandLine()
                    .getOut()
                    .println(Catalogue.say(
                            language,
                            "negotiation.said." + kind().word(),
                            one.part().text()));
        }
        return 0;
    }

    /** The one proposal of another party, or of the party that was named. */
    static Move proposal(Table table, Part part, PartyCode own, String of) throws Malformed {
        PartState state = table.parts().get(part);
        List<Proposal> theirs = new ArrayList<>();
        if (state != null) {
            state.proposals().stream()
                    .filter(proposal -> !proposal.by().equals(own))
                    .filter(proposal -> of.isEmpty() || proposal.by().text().equals(of))
                    .forEach(theirs::add);
        }
        if (theirs.isEmpty()) {
            throw new Malformed("negotiation.nothing-proposed", part.text());
        }
        if (theirs.stream().map(Proposal::text).distinct().count() > 1) {
            throw new Malformed("negotiation.several-proposals", part.text());
        }
        return theirs.getFirst().move();
    }

    /** {@code entente memorandum agree}. */
    @Command(name = "agree", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Agree extends AnswerCommand {
        @Parameters(arity = "0..*", paramLabel = "PART", descriptionKey = "negotiation.part")
        private List<String> parts = new ArrayList<>();

        @Option(names = "--with", paramLabel = "PARTY", descriptionKey = "negotiation.with")
        private String with = "";

        @Option(names = "--all", descriptionKey = "negotiation.all")
        private boolean all;

        @Override
        List<String> named() {
            return parts;
        }

        @Override
        Said.Kind kind() {
            return Said.Kind.AGREED;
        }

        @Override
        SortedSet<Part> parts(Table table, PartyCode own) throws Malformed {
            if (all == !parts.isEmpty()) {
                throw new Malformed("negotiation.which-parts");
            }
            return all ? undisputed(table, own) : super.parts(table, own);
        }

        /** On which this party has neither a word of its own nor a choice. */
        private static SortedSet<Part> undisputed(Table table, PartyCode own) {
            SortedSet<Part> undisputed = new TreeSet<>();
            table.parts().forEach((part, state) -> {
                boolean silent = state.standOf(own).isEmpty()
                        && state.proposals().stream()
                                .noneMatch(proposal -> proposal.rejections().containsKey(own));
                if (silent
                        && state.proposals().stream()
                                        .map(Proposal::text)
                                        .distinct()
                                        .count()
                                == 1) {
                    undisputed.add(part);
                }
            });
            return undisputed;
        }

        @Override
        Move answered(Table table, Part part, PartyCode own) throws Malformed {
            Move proposal = proposal(table, part, own, with);
            boolean already = Optional.ofNullable(table.parts().get(part))
                    .flatMap(state -> state.standOf(own))
                    .filter(stand ->
                            stand.text().digest().equals(proposal.said().digest()))
                    .isPresent();
            if (already) {
                throw new Malformed("negotiation.agreed-already", part.text());
            }
            return proposal;
        }
    }

    /** {@code entente memorandum reject}. */
    @Command(name = "reject", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Reject extends AnswerCommand {
        @Parameters(arity = "1..*", paramLabel = "PART", descriptionKey = "negotiation.part")
        private List<String> parts = new ArrayList<>();

        @Option(names = "--with", paramLabel = "PARTY", descriptionKey = "negotiation.with")
        private String with = "";

        @Override
        List<String> named() {
            return parts;
        }

        @Override
        Said.Kind kind() {
            return Said.Kind.REJECTED;
        }

        @Override
        Move answered(Table table, Part part, PartyCode own) throws Malformed {
            Move proposal = proposal(table, part, own, with);
            PartState state = table.parts().get(part);
            boolean already = state != null
                    && state.proposals().stream()
                            .anyMatch(one -> one.move().equals(proposal)
                                    && one.rejections().containsKey(own));
            if (already) {
                throw new Malformed("negotiation.rejected-already", part.text());
            }
            return proposal;
        }
    }

    /** {@code entente memorandum take-back}. */
    @Command(name = "take-back", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class TakeBack extends AnswerCommand {
        @Parameters(arity = "1..*", paramLabel = "PART", descriptionKey = "negotiation.part")
        private List<String> parts = new ArrayList<>();

        @Override
        List<String> named() {
            return parts;
        }

        @Override
        Said.Kind kind() {
            return Said.Kind.TAKEN_BACK;
        }

        @Override
        Move answered(Table table, Part part, PartyCode own) throws Malformed {
            return table.lastWord(part, own)
                    .orElseThrow(() -> new Malformed("negotiation.nothing-of-yours", part.text()));
        }
    }
}
