package org.entente.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ARCHITECTURE.md's table of modules, and that no two packages of a module lean on each other. */
final class DependencyTableTest {
    @ParameterizedTest
    @EnumSource(Room.class)
    void aModuleSeesOnlyWhatTheTableLetsItSee(Room room) {
        classes()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.allowed())
                .allowEmptyShould(true)
                .check(Compiled.CLASSES);
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void nobodyBelowSeesTheNode(Room room) {
        noClasses()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.entente.node..", "org.entente.verification..")
                .allowEmptyShould(true)
                .check(Compiled.CLASSES);
    }

    @Test
    void theNodeNeverSeesItsVerification() {
        noClasses()
                .that()
                .resideInAPackage("org.entente.node..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.entente.verification..")
                .check(Compiled.CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evidence", "memorandum", "matching", "holdings", "exchange", "casework", "node", "verification"
            })
    void noTwoPackagesOfAModuleLeanOnEachOther(String module) {
        slices().matching("org.entente." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(Compiled.CLASSES);
    }

    /** An empty import would satisfy every rule. */
    @ParameterizedTest
    @ValueSource(strings = {"evidence", "memorandum", "matching", "holdings", "exchange", "node", "verification"})
    void theRulesSeeClassesOfEveryModule(String module) {
        assertThat(Compiled.CLASSES.stream().filter(one -> one.getPackageName().startsWith("org.entente." + module)))
                .hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void everyLibraryModuleWithSourcesDeclaresItself(Room room) throws IOException {
        Path sources = Repository.find().root().resolve(room.folder()).resolve("src/main/java");
        if (Files.isDirectory(sources.resolve("org"))) {
            assertThat(sources.resolve("module-info.java")).isRegularFile();
        }
    }
}
