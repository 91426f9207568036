package org.entente.exchange.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import tools.jackson.databind.JsonNode;

/** The forms that a node knows, each by its name and version. */
public final class Forms {
    /** Greatest length of a form's text in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private static final List<String> OF_THE_HOUSE = List.of(
            "request-for-information",
            "spontaneous-dissemination",
            "feedback",
            "onward-consent",
            "threat-notice",
            "legal-assistance-follow-up",
            "access-application",
            "correction-application",
            "provenance-challenge",
            "sovereignty-incident",
            "breach-notice",
            "joint-authorisation",
            "recall",
            "status-notice",
            "pre-export-notification",
            "firearm-trace",
            "transfer-of-person",
            "designation-notice");

    private final Map<String, Form> byKey = new LinkedHashMap<>();

    private Forms(Collection<Form> forms) {
        for (Form form : forms) {
            if (byKey.put(key(form.name(), form.version()), form) != null) {
                throw new IllegalArgumentException("two forms are called " + form.name());
            }
        }
    }

    /** The forms that the house brings. */
    public static Forms ofHouse() {
        return OfHouse.FORMS;
    }

    /**
     * Reads a form.
     *
     * @throws Malformed {@code form.…}, {@code memorandum.…} or {@code json.…}
     */
    public static Form read(JsonNode node) throws Malformed {
        return FormReader.read(node);
    }

    /** Empty for a form that this node does not know; what comes under one is kept and shown as it is. */
    public Optional<Form> find(String name, int version) {
        return Optional.ofNullable(byKey.get(key(name, version)));
    }

    /** The newest version of a form, under which a proceeding is opened. */
    public Optional<Form> newest(String name) {
        return byKey.values().stream()
                .filter(form -> form.name().equals(name))
                .max((one, other) -> Integer.compare(one.version(), other.version()));
    }

    public List<Form> all() {
        return List.copyOf(byKey.values());
    }

    private static String key(String name, int version) {
        return name + "/" + version;
    }

    /** Read once, when somebody asks for the first time. */
    private static final class OfHouse {
        private static final Forms FORMS =
                new Forms(OF_THE_HOUSE.stream().map(OfHouse::resource).toList());

        private static Form resource(String name) {
            String path = "/org/entente/exchange/form/" + name + ".json";
            try (InputStream stream = Forms.class.getResourceAsStream(path)) {
                if (stream == null) {
                    throw new IllegalStateException("the form is missing: " + path);
                }
                return read(CanonicalJson.parse(stream.readAllBytes(), BYTES_MAX));
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            } catch (Malformed malformed) {
                throw new IllegalStateException(path + ": " + malformed.problem(), malformed);
            }
        }
    }
}
