package org.entente.matching.index;

import java.io.IOException;

/** Who does the work of a build: a node has threads, a small build does all of it at once. Tasks do not depend on each other. */
public interface Crew {
    /** A piece of work. */
    interface Task {
        void run() throws IOException;
    }

    /** Takes a task, to be done before this returns or later by another thread; waits while too many are waiting. */
    void take(Task task) throws IOException;

    /** Returns when every task that was taken is done; throws what one of them threw. */
    void settle() throws IOException;

    /** Does each task when it is taken. */
    Crew ALONE = new Crew() {
        @Override
        public void take(Task task) throws IOException {
            task.run();
        }

        @Override
        public void settle() {
            // Nothing is ever waiting.
        }
    };
}
