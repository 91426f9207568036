package org.entente.node.command;

import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.node.home.DiskSpace;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** Puts a failure of the machine (a file that is not there, a full disk) into a sentence. */
final class Failure {
    private Failure() {}

    static String inWords(Throwable failure, Language language) {
        return Catalogue.say(problem(failure), language);
    }

    static Problem problem(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return switch (failure) {
            case Malformed malformed -> malformed.problem();
            case NoSuchFileException missing -> Problem.of("file.missing", missing.getFile());
            case AccessDeniedException denied -> Problem.of("file.denied", denied.getFile());
            case FileAlreadyExistsException there -> Problem.of("file.exists", there.getFile());
            case ConnectException refused -> Problem.of("file.unreachable", message);
            default -> DiskSpace.isBehind(failure) ? Problem.of("file.disk-full") : Problem.of("file.failed", message);
        };
    }
}
