package org.entente.verification.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.entente.verification.process.Repository;

/**
 * A machine of which the test decides what it has. The launcher looks into fixed folders ({@code /usr/lib/jvm} and others),
 * which a test cannot empty; so the copy of the script that runs here looks into the same folders below a root of its own,
 * and nothing else about it is changed. Its PATH holds the few tools of POSIX that it needs and no Java.
 */
final class FakeMachine {
    private static final List<String> TOOLS = List.of(
            "sh",
            "readlink",
            "dirname",
            "grep",
            "sed",
            "find",
            "head",
            "tail",
            "cat",
            "mkdir",
            "rm",
            "rmdir",
            "touch",
            "sleep",
            "awk",
            "kill",
            "env");
    private static final List<String> SYSTEM_FOLDERS =
            List.of("/usr/lib/jvm", "/usr/java", "/opt/java", "/opt/jdk", "/usr/libexec/java_home", "/Library/Java");

    private final Path root;
    private final Path project;
    private final Map<String, String> environment = new TreeMap<>();

    FakeMachine(Path root) throws IOException {
        this.root = root;
        this.project = Files.createDirectories(root.resolve("project"));
        Path tools = Files.createDirectories(root.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Path.of("/usr/bin", tool);
            Path there = Files.isExecutable(real) ? real : Path.of("/bin", tool);
            write(tools.resolve(tool), "#!/bin/sh\nexec " + there + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", Files.createDirectories(root.resolve("home")).toString());
        String script = Files.readString(Repository.find().launcher());
        for (String folder : SYSTEM_FOLDERS) {
            script = script.replace(" " + folder, " " + root + folder);
        }
        write(project.resolve("entente"), script);
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("node/src/main/java"));
        Files.writeString(project.resolve("node/pom.xml"), "<project/>");
    }

    /** How a call of the launcher ended. */
    record Ended(int exit, String output, String errors) {}

    Path project() {
        return project;
    }

    /** Where the machine keeps its Javas. */
    Path javas() {
        return root.resolve("usr/lib/jvm");
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Puts a program there. */
    static void write(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A JDK whose java prints its words, one a line. */
    static Path jdk(Path folder, String version) throws IOException {
        write(folder.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        write(folder.resolve("bin/javac"), "#!/bin/sh\nexit 0\n");
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    /** As after a build that has just ended. */
    void built() throws IOException {
        Path stamp = project.resolve("target/built");
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, "");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
    }

    /** Calls the launcher by its whole path, from another folder. */
    Ended call(String... arguments) throws IOException, InterruptedException {
        return call(project.resolve("entente"), arguments);
    }

    Ended call(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        words.addAll(List.of(arguments));
        Path output = root.resolve("output");
        Path errors = root.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher does not end");
        }
        return new Ended(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
