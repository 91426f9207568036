package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.negotiation.Move;
import org.entente.memorandum.negotiation.Part;
import org.entente.memorandum.negotiation.PartState;
import org.entente.memorandum.negotiation.PartText;
import org.entente.memorandum.negotiation.Proposal;
import org.entente.memorandum.negotiation.Said;
import org.entente.memorandum.negotiation.Table;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum propose}: proposes each part of a text that differs from what stands in the folder. */
@Command(name = "propose", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ProposeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Mixin
    private Spokesperson speaker = new Spokesperson();

    @Override
    public Integer call() throws IOException, Malformed {
        Optional<String> reason = speaker.reason();
        Memorandum memorandum = MemorandumCommand.read(file);
        PartyCard card = speaker.card();
        NegotiationFolder folder = speaker.folder();
        folder.join(card);
        Table table = folder.table(memorandum.id(), memorandum.version());
        List<Said> said = new ArrayList<>();
        int waiting = 0;
        SortedMap<Part, PartText> wanted = PartText.of(memorandum);
        SortedSet<Part> parts = new TreeSet<>(wanted.keySet());
        parts.addAll(table.parts().keySet());
        for (Part part : parts) {
            PartText text = Optional.ofNullable(wanted.get(part)).orElseGet(() -> PartText.leftOut(part));
            Optional<PartState> state = Optional.ofNullable(table.parts().get(part));
            Optional<Proposal> stand = state.flatMap(one -> one.standOf(card.party()));
            boolean theirs = state.filter(
                            one -> one.proposals().stream().map(Proposal::text).anyMatch(text::equals))
                    .isPresent();
            if (stand.isEmpty() && theirs) {
                waiting++;
            } else if (stand.map(Proposal::text).filter(text::equals).isEmpty()) {
                said.add(new Said.Proposed(text, countered(state, card.party(), text), reason));
            }
        }
        speaker.say(folder, table, said);
        Language language = Language.ofEnvironment(System.getenv());
        spec.commandLine()
                .getOut()
                .println(Catalogue.say(
                        language,
                        "negotiation.proposed",
                        Integer.toString(said.size()),
                        Integer.toString(parts.size() - said.size() - waiting),
                        Integer.toString(waiting)));
        said.forEach(
                one -> spec.commandLine().getOut().println("    " + one.part().text()));
        return 0;
    }

    /** The other party's proposal that stands against this text, if one does. */
    private static Optional<Digest> countered(Optional<PartState> state, PartyCode own, PartText text) {
        return state.stream()
                .flatMap(one -> one.proposals().stream())
                .filter(proposal ->
                        !proposal.by().equals(own) && !proposal.text().equals(text))
                .findFirst()
                .map(Proposal::move)
                .map(Move::id);
    }
}
