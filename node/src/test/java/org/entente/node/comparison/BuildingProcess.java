package org.entente.node.comparison;

import java.io.IOException;
import java.nio.file.Path;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.SaltKey;
import org.entente.matching.index.StreamedBuild;
import org.entente.matching.index.Workplace;
import org.entente.node.home.DiskSpace;

/** A process that builds an index in a folder until it is done, somebody kills it, or it may write no more. */
final class BuildingProcess {
    static final byte[] SALTS = new byte[32];

    private BuildingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try {
            build(new HashedEvaluation(), Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            System.out.println("built");
        } catch (IOException e) {
            System.out.println("not written: " + e.getMessage());
        }
    }

    static void build(IndexEvaluation evaluation, Path folder, int entries) throws IOException {
        try (FolderWorkplace place = new FolderWorkplace(folder.resolve("building"), new DiskSpace(folder, 0));
                ThreadCrew crew = new ThreadCrew(2)) {
            StreamedBuild build = new StreamedBuild(
                    evaluation, SaltKey.restore(SALTS), IndexAtScale.plan(), place, crew, (stage, done, total) -> {});
            for (int n = 0; n < entries; n++) {
                build.add(IndexAtScale.record(n));
            }
            build.finish();
            place.publish(Workplace.Part.OWN, folder.resolve("own"));
            place.publish(Workplace.Part.SHARED, folder.resolve("index"));
        }
    }
}
