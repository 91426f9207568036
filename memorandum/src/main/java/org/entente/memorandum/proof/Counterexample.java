package org.entente.memorandum.proof;

import java.util.List;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Promise;

/**
 * A case in which a promise is broken, told by what matters in it. The plainest of all that break it: as few of its facts as can be are other than ordinary.
 *
 * @param clause by which the engine permits it
 */
public record Counterexample(Promise promise, ClauseNumber clause, List<Point> points) {
    public Counterexample {
        points = List.copyOf(points);
    }

    /**
     * One sentence of the story.
     *
     * @param key what is said, by its word in the catalogue
     * @param names of authorities, places, purposes and categories in it
     */
    public record Point(String key, List<String> names) {
        public Point {
            names = List.copyOf(names);
        }

        static Point of(String key, String... names) {
            return new Point(key, List.of(names));
        }
    }
}
