package org.entente.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The core decides and computes: time, chance, files, sockets and threads are given to it, or are not its business. */
final class PureCoreTest {
    /** Types that a core module does not name at all. */
    private static final String[] OUTSIDE = {
        "java.io.File",
        "java.io.FileInputStream",
        "java.io.FileOutputStream",
        "java.io.FileReader",
        "java.io.FileWriter",
        "java.io.RandomAccessFile",
        "java.nio.file.Files",
        "java.nio.file.Paths",
        "java.nio.channels.FileChannel",
        "java.nio.channels.SocketChannel",
        "java.nio.channels.ServerSocketChannel",
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.DatagramSocket",
        "java.net.InetAddress",
        "java.net.URLConnection",
        "java.lang.ProcessBuilder",
        "java.lang.Thread",
        "java.util.Timer",
        "java.util.concurrent.Executors",
        "java.util.concurrent.ThreadPoolExecutor",
        "java.util.concurrent.ForkJoinPool",
        "java.util.concurrent.CompletableFuture",
        "java.util.concurrent.ThreadLocalRandom"
    };

    /** Members that ask the machine for the time, for chance, for a thread or for its surroundings: owner, then member. */
    private static final Set<Pattern> ASKING = Set.of(
            Pattern.compile("java\\.time\\.[A-Za-z]+\\.now"),
            Pattern.compile("java\\.time\\.Clock\\.(system|tick).*"),
            Pattern.compile("java\\.time\\.ZoneId\\.systemDefault"),
            Pattern.compile("java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty|exit)"),
            Pattern.compile("java\\.lang\\.Math\\.random"),
            Pattern.compile("java\\.util\\.(Date|Random)\\.<init>"),
            Pattern.compile("java\\.util\\.UUID\\.randomUUID"),
            Pattern.compile("java\\.security\\.SecureRandom\\.(<init>|getInstance.*)"),
            Pattern.compile("java\\.util\\..*\\.(parallel|parallelStream)"));

    @ParameterizedTest
    @EnumSource(Room.class)
    void aCoreModuleNamesNoFileSocketOrThread(Room room) {
        noOutside(room.packages()).check(Compiled.CLASSES);
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void aCoreModuleAsksTheMachineForNothing(Room room) {
        noAsking(room.packages()).check(Compiled.CLASSES);
    }

    /** What the rules are for, so that it is known that they would see it. */
    static final class Impure {
        Instant time() {
            return Instant.now();
        }

        SecureRandom chance() {
            return new SecureRandom();
        }

        boolean file(Path path) {
            return Files.exists(path);
        }

        java.util.function.LongSupplier hidden() {
            return System::nanoTime;
        }
    }

    /** Whoever is a source of chance for others calls its parent's constructor, and asks the machine for nothing. */
    static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        Given() {
            super(null, null);
        }
    }

    @Test
    void theRulesFindWhatTheyForbid() {
        var impure = new ClassFileImporter().importClasses(Impure.class, Given.class);
        String here = Impure.class.getPackageName();
        assertThat(noOutside(here).evaluate(impure).hasViolation()).isTrue();
        assertThat(noAsking(here).evaluate(impure).getFailureReport().getDetails())
                .hasSize(3);
    }

    private static ArchRule noOutside(String packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("(" + String.join("|", OUTSIDE).replace(".", "\\.") + "|java\\.net\\.http\\..*)")
                .allowEmptyShould(true);
    }

    private static ArchRule noAsking(String packages) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should(askForNothing())
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> askForNothing() {
        return new ArchCondition<>("ask the machine for nothing") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                for (JavaAccess<?> access : one.getAccessesFromSelf()) {
                    String member = access.getTargetOwner().getName() + "."
                            + access.getTarget().getName();
                    boolean asking = ASKING.stream()
                            .anyMatch(pattern -> pattern.matcher(member).matches());
                    if (asking && !ofItsParent(one, access)) {
                        events.add(SimpleConditionEvent.violated(one, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean ofItsParent(JavaClass one, JavaAccess<?> access) {
        return access.getTarget().getName().equals("<init>")
                && one.getRawSuperclass()
                        .filter(access.getTargetOwner()::equals)
                        .isPresent()
                && access.getOrigin().getName().equals("<init>");
    }
}
