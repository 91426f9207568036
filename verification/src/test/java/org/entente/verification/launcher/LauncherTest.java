package org.entente.verification.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    private static final String REPORTS = "node/target/surefire-reports/TEST-one.xml";

    @TempDir
    private Path folder = Path.of("");

    private FakeMachine machine;

    LauncherTest() {}

    @BeforeEach
    void makeAMachine() throws IOException {
        machine = new FakeMachine(folder.toRealPath());
    }

    @Test
    void theScriptIsPosixShell() throws Exception {
        Process check = new ProcessBuilder(
                        "sh", "-n", Repository.find().launcher().toString())
                .inheritIO()
                .start();
        assertThat(check.waitFor()).isZero();
        assertThat(Files.readString(Repository.find().launcher())).startsWith("#!/bin/sh\n");
        assertThat(Repository.find().launcher()).isExecutable();
    }

    @Test
    void withoutAJdk25ItSaysHowToGetOneAndEndsWith2() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("older"), "21.0.4");
        FakeMachine.Ended english = machine.call("demo");
        assertThat(english.exit()).isEqualTo(2);
        assertThat(english.errors().lines()).hasSize(1);
        assertThat(english.errors()).contains("no JDK 25").contains("JAVA_HOME").contains("sdk install");
        machine.set("LANG", "es_MX.UTF-8");
        assertThat(machine.call("demo").errors()).contains("no se encontró un JDK 25");
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Path runtime = FakeMachine.jdk(machine.javas().resolve("runtime"), "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        assertThat(machine.call("--version").exit()).isEqualTo(2);
    }

    @Test
    void itFindsTheJdkThatIsInstalledAndPassesEverythingOn() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("aaa-older"), "17");
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        machine.built();
        FakeMachine.Ended ended = machine.call("match", "--ours", "two words", "");
        assertThat(ended.exit()).as(ended.errors()).isZero();
        List<String> words = ended.output().lines().toList();
        Path project = machine.project();
        assertThat(words)
                .contains("-Dentente.root=" + project, "--enable-native-access=ALL-UNNAMED")
                .containsSequence(
                        "-cp",
                        project + "/node/target/lib/*:" + project + "/node/target/entente-node.jar",
                        "org.entente.node.command.Entente",
                        "match",
                        "--ours",
                        "two words",
                        "");
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        Path given = FakeMachine.jdk(folder.resolve("elsewhere"), "25");
        FakeMachine.write(given.resolve("bin/java"), "#!/bin/sh\necho elsewhere\n");
        machine.set("JAVA_HOME", given.toString());
        machine.built();
        assertThat(machine.call("--version").output()).isEqualTo("elsewhere\n");
    }

    @Test
    void aLinkToItWorksFromAnywhere() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        machine.built();
        Path link = Files.createSymbolicLink(
                folder.resolve("link"), machine.project().resolve("entente"));
        assertThat(machine.call(link, "help").output()).contains("-Dentente.root=" + machine.project());
    }

    @Test
    void benchmarksAreDispatchedToTheirOwnMain() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        machine.built();
        assertThat(machine.call("bench", "demo", "--quick").output().lines())
                .containsSequence("org.entente.verification.bench.Main", "demo", "--quick");
    }

    @Test
    void itBuildsOnFirstUseAndWhenASourceChangedAndOnlyThen() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        maven("echo \"$@\" >>'" + folder.resolve("builds") + "'");
        machine.call("--version");
        machine.call("--version");
        assertThat(folder.resolve("builds")).content().contains("package").hasLineCount(1);
        assertThat(machine.project().resolve("target/building")).doesNotExist();
        Path source = machine.project().resolve("node/src/main/java/New.java");
        Files.writeString(source, "class New {}");
        Files.setLastModifiedTime(
                source,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));
        machine.call("--version");
        assertThat(folder.resolve("builds")).content().hasLineCount(2);
    }

    @Test
    void aBuildThatFailsIsSaidAndIsTriedAgain() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        maven("echo 'a line of Maven'; exit 1");
        for (int i = 0; i < 2; i++) {
            FakeMachine.Ended ended = machine.call("--version");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.errors()).contains("a line of Maven").contains("the build failed");
            assertThat(ended.output()).isEmpty();
        }
    }

    @Test
    void theTestsAreCountedInTheLastLine() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        reporting("tests=\"7\" errors=\"0\" skipped=\"1\" failures=\"0\"", 0);
        FakeMachine.Ended ended = machine.call("test");
        assertThat(ended.exit()).isZero();
        assertThat(ended.output().lines().toList().getLast()).isEqualTo("6 passed, 0 failed, 1 skipped");
        machine.set("ENTENTE_REQUIRE_ALL", "1");
        assertThat(machine.call("test").exit()).isEqualTo(1);
    }

    @Test
    void aFailureAnErrorAndNoTestAtAllAreFailures() throws Exception {
        FakeMachine.jdk(machine.javas().resolve("temurin-25"), "25.0.1");
        reporting("tests=\"7\" errors=\"1\" skipped=\"0\" failures=\"2\"", 1);
        FakeMachine.Ended ended = machine.call("test");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output().lines().toList().getLast()).isEqualTo("4 passed, 3 failed, 0 skipped");
        maven("exit 0");
        assertThat(machine.call("test").exit()).isEqualTo(1);
        assertThat(machine.call("test", "--quickly").exit()).isEqualTo(2);
    }

    private void reporting(String counts, int exit) throws IOException {
        Path report = machine.project().resolve(REPORTS);
        maven("mkdir -p '" + report.getParent() + "'\n" + "echo '<testsuite name=\"one\" time=\"0.1\" " + counts
                + ">' >'" + report + "'\nexit " + exit);
    }

    private void maven(String body) throws IOException {
        Path maven = folder.resolve("maven");
        FakeMachine.write(maven, "#!/bin/sh\n" + body + "\n");
        machine.set("ENTENTE_MAVEN", maven.toString());
    }
}
