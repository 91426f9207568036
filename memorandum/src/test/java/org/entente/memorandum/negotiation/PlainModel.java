package org.entente.memorandum.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The same rules said another way: a plain history in one order, in which every question is answered by looking through it again. It
 * knows neither statements nor digests; contents are numbers.
 */
final class PlainModel {
    private final List<String> parties;
    private final List<Act> history = new ArrayList<>();
    private final SortedSet<Integer> accepted = new TreeSet<>();

    /** The target is the number of an earlier act, or -1. */
    record Act(int number, String party, Said.Kind kind, int part, int content, int target) {}

    PlainModel(List<String> parties) {
        this.parties = List.copyOf(parties);
    }

    void take(Act act) {
        if (accepts(act)) {
            accepted.add(act.number());
        }
        history.add(act);
    }

    private boolean accepts(Act act) {
        Optional<Act> target = history.stream()
                .filter(one -> one.number() == act.target())
                .filter(this::isAccepted)
                .findFirst();
        boolean proposalOfAnother = target.filter(one -> one.kind() == Said.Kind.PROPOSED)
                .filter(one -> one.part() == act.part() && !one.party().equals(act.party()))
                .isPresent();
        return switch (act.kind()) {
            case PROPOSED ->
                (act.target() < 0 || proposalOfAnother)
                        && !(standing(act.part(), act.party())
                                        .filter(own -> own.content() == act.content())
                                        .isPresent()
                                && agreements(act.part(), act.party()).isEmpty());
            case AGREED ->
                proposalOfAnother
                        && !(!agreements(act.part(), act.party()).isEmpty()
                                && agreements(act.part(), act.party()).getLast().target() == act.target());
            case REJECTED ->
                proposalOfAnother
                        && rejections(act.part(), act.party()).stream().noneMatch(one -> one.target() == act.target());
            case TAKEN_BACK ->
                target.filter(one -> one.party().equals(act.party()) && one.part() == act.part())
                        .filter(one -> standing(act.part(), act.party())
                                        .filter(one::equals)
                                        .isPresent()
                                || agreements(act.part(), act.party()).contains(one)
                                || rejections(act.part(), act.party()).contains(one))
                        .isPresent();
        };
    }

    private boolean isAccepted(Act act) {
        return accepted.contains(act.number());
    }

    /** Accepted acts of a party on a part, in its order. */
    private List<Act> own(int part, String party) {
        return history.stream()
                .filter(this::isAccepted)
                .filter(act -> act.part() == part && act.party().equals(party))
                .toList();
    }

    private List<Act> since(Act act) {
        List<Act> own = own(act.part(), act.party());
        return own.subList(own.indexOf(act) + 1, own.size());
    }

    private boolean takenBack(Act act) {
        return since(act).stream()
                .anyMatch(later -> later.kind() == Said.Kind.TAKEN_BACK && later.target() == act.number());
    }

    Optional<Act> standing(int part, String party) {
        return own(part, party).reversed().stream()
                .filter(act -> act.kind() == Said.Kind.PROPOSED)
                .findFirst()
                .filter(act -> !takenBack(act));
    }

    List<Act> agreements(int part, String party) {
        return own(part, party).stream()
                .filter(act -> act.kind() == Said.Kind.AGREED && !takenBack(act))
                .filter(act -> since(act).stream().noneMatch(later -> replaces(later, act)))
                .toList();
    }

    private static boolean replaces(Act later, Act agreement) {
        boolean sameTarget = later.target() == agreement.target();
        return switch (later.kind()) {
            case PROPOSED -> true;
            case AGREED, REJECTED -> sameTarget;
            case TAKEN_BACK -> false;
        };
    }

    List<Act> rejections(int part, String party) {
        return own(part, party).stream()
                .filter(act -> act.kind() == Said.Kind.REJECTED && !takenBack(act))
                .filter(act -> since(act).stream()
                        .noneMatch(later -> later.kind() == Said.Kind.AGREED && later.target() == act.target()))
                .toList();
    }

    private Optional<Act> proposalStanding(int part, int number) {
        return parties.stream()
                .flatMap(party -> standing(part, party).stream())
                .filter(act -> act.number() == number)
                .findFirst();
    }

    /** What a party stands behind. */
    Optional<Act> stand(int part, String party) {
        return agreements(part, party).reversed().stream()
                .flatMap(act -> proposalStanding(part, act.target()).stream())
                .findFirst()
                .or(() -> standing(part, party));
    }

    /** Acts that count for nothing: never accepted, or agreements with what no longer stands. */
    SortedSet<Integer> refused() {
        SortedSet<Integer> refused = new TreeSet<>();
        for (Act act : history) {
            boolean lapsed = act.kind() == Said.Kind.AGREED
                    && isAccepted(act)
                    && agreements(act.part(), act.party()).contains(act)
                    && proposalStanding(act.part(), act.target()).isEmpty();
            if (!isAccepted(act) || lapsed) {
                refused.add(act.number());
            }
        }
        return refused;
    }

    /** How a part stands, as text. */
    String part(int part) {
        StringBuilder text = new StringBuilder();
        for (String party : parties) {
            standing(part, party).ifPresent(act -> {
                text.append(act.number()).append(" behind");
                parties.stream()
                        .filter(other -> stand(part, other).filter(act::equals).isPresent())
                        .forEach(other -> text.append(' ').append(other));
                text.append(" against");
                parties.stream()
                        .filter(other -> rejections(part, other).stream().anyMatch(one -> one.target() == act.number()))
                        .forEach(other -> text.append(' ').append(other));
                text.append('\n');
            });
        }
        List<Integer> contents = parties.stream()
                .flatMap(party -> stand(part, party).stream())
                .map(Act::content)
                .toList();
        boolean agreed = contents.size() == parties.size()
                && contents.stream().distinct().count() == 1;
        return text + (agreed ? "agreed " + contents.getFirst() : "open");
    }
}
