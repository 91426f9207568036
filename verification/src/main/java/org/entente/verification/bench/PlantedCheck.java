package org.entente.verification.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.matching.probe.ProbeFinding;

/** Holds what was found against what was planted: every identifier asked for is told of once, and exactly the common ones are hits, under their labels. */
final class PlantedCheck {
    private final PlantedLists lists;
    private final Set<String> hits = new HashSet<>();
    private long told;

    PlantedCheck(PlantedLists lists) {
        this.lists = lists;
    }

    void see(List<ProbeFinding> findings) throws BenchmarkFailed {
        for (ProbeFinding finding : findings) {
            told++;
            boolean right = switch (finding) {
                case ProbeFinding.Hit hit ->
                    lists.isCommon(hit.input())
                            && hit.label().equals(PlantedLists.label(hit.input()))
                            && hits.add(hit.input().value());
                case ProbeFinding.NoHit miss -> !lists.isCommon(miss.input());
                case ProbeFinding.Unreadable unreadable -> false;
            };
            if (!right) {
                throw new BenchmarkFailed(
                        "the match is wrong: " + finding + " is not what was planted; nothing was measured.");
            }
        }
    }

    /** After the last answer: so many were asked for, and so many of them were planted. */
    void requireExact(long asked, long planted) throws BenchmarkFailed {
        if (told != asked || hits.size() != planted) {
            throw new BenchmarkFailed(
                    "the match is wrong: of " + asked + " identifiers " + told + " were looked up, and of " + planted
                            + " planted ones " + hits.size() + " were found; nothing was measured.");
        }
    }
}
