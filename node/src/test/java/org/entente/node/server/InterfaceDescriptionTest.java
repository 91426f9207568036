package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The published description of the interface names every address that there is, and no other. */
class InterfaceDescriptionTest {
    private static final List<Class<?>> CONTROLLERS = List.of(
            NodeInterface.class,
            MemorandumInterface.class,
            HoldingInterface.class,
            ProceedingInterface.class,
            ProcedureInterface.class,
            EvidenceInterface.class,
            ExportInterface.class,
            CanaryInterface.class,
            ErasureInterface.class,
            FileInterface.class,
            Monitoring.class);

    private final Map<?, ?> description = read();

    @Test
    void itNamesTheAddressesOfTheControllersAndNoOther() {
        Set<String> described = new TreeSet<>();
        map(description, "paths")
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .keySet()
                        .forEach(method -> described.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(described).isEqualTo(served());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(description, references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            Map<?, ?> at = description;
            List<String> steps =
                    Pattern.compile("/").splitAsStream(reference.substring(2)).toList();
            for (String step : steps) {
                assertThat(at.get(step)).as(reference).isInstanceOf(Map.class);
                at = map(at, step);
            }
        });
    }

    @Test
    void theActsAreThoseThatOfficersMayPrepare() {
        Object act = map(description, "paths", "/api/acts/{act}", "post").get("parameters");
        assertThat(((List<?>) Objects.requireNonNull(act)).getFirst().toString())
                .contains(
                        "index, epoch-ended, reconcile, reconcile-agreed, probe, watch, request, request-decided, release, export, proceeding-opened, step-taken");
        for (String name : List.of(
                "index",
                "epoch-ended",
                "reconcile",
                "reconcile-agreed",
                "probe",
                "watch",
                "request",
                "request-decided",
                "release",
                "export",
                "proceeding-opened",
                "step-taken")) {
            assertThat(Right.ofAct(name)).as(name).isPresent();
        }
        assertThat(Right.ofAct("load")).isEmpty();
        assertThat(Right.ofAct("ACT_INDEX")).isEmpty();
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        for (Class<?> controller : CONTROLLERS) {
            for (Method method : controller.getDeclaredMethods()) {
                GetMapping get = method.getAnnotation(GetMapping.class);
                if (get != null) {
                    served.add("GET " + one(get.value(), get.path()));
                }
                PostMapping post = method.getAnnotation(PostMapping.class);
                if (post != null) {
                    served.add("POST " + one(post.value(), post.path()));
                }
            }
        }
        return served;
    }

    private static String one(String[] value, String[] path) {
        return value.length == 1 ? value[0] : path[0];
    }

    private static Map<?, ?> read() {
        try (InputStream yaml = InterfaceDescriptionTest.class.getResourceAsStream("/org/entente/node/openapi.yaml")) {
            Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return (Map<?, ?>) document;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<?, ?> map(Map<?, ?> from, String... steps) {
        Map<?, ?> at = from;
        for (String step : steps) {
            at = (Map<?, ?>) Objects.requireNonNull(at.get(step), step);
        }
        return at;
    }

    private static void collect(Object node, List<String> references) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    assertThat(value).as(key.toString()).isNotNull();
                    if ("$ref".equals(key)) {
                        references.add(value.toString());
                    } else {
                        collect(value, references);
                    }
                });
            case List<?> list -> list.forEach(one -> collect(one, references));
            default -> {
                // A word or a number refers to nothing.
            }
        }
    }
}
