package org.entente.verification.story;

import java.nio.file.Path;
import java.util.List;

/** Processes whose command line names a folder: nodes and their database servers do. */
final class LeftRunning {
    private LeftRunning() {}

    static List<String> below(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }
}
