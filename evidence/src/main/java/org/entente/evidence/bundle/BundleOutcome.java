package org.entente.evidence.bundle;

import java.util.Optional;
import org.entente.evidence.canonical.Problem;

/** What the verification of a bundle ends with. */
public sealed interface BundleOutcome {
    /** The exit code of the command line: 0 verified, 1 false, 2 unreadable, 3 consistent but unpinned. */
    int exitCode();

    /** What was found, unless the bundle is false or cannot be read. */
    default Optional<BundleReport> report() {
        return switch (this) {
            case Verified verified -> Optional.of(verified.found);
            case ConsistentButUnpinned unpinned -> Optional.of(unpinned.found);
            case False _, Unreadable _ -> Optional.empty();
        };
    }

    /** Everything holds, under cards that the verifier has pinned. */
    record Verified(BundleReport found) implements BundleOutcome {
        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** Something is signed wrongly, or contradicts something else: nothing in the file may be believed. */
    record False(Problem problem) implements BundleOutcome {
        @Override
        public int exitCode() {
            return 1;
        }
    }

    /** Not a bundle: damaged, cut off, too large, or of another format. */
    record Unreadable(Problem problem) implements BundleOutcome {
        @Override
        public int exitCode() {
            return 2;
        }
    }

    /** Everything fits together, but nobody has pinned both cards: this is no proof of who signed. */
    record ConsistentButUnpinned(BundleReport found) implements BundleOutcome {
        @Override
        public int exitCode() {
            return 3;
        }
    }
}
