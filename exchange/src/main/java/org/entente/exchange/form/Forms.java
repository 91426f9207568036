package org.entente.exchange.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
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
    private final Map<Digest, JsonNode> declarations = new HashMap<>();

    private Forms(Collection<JsonNode> declared) throws Malformed {
        for (JsonNode declaration : declared) {
            Form form = read(declaration);
            if (byKey.put(key(form.name(), form.version()), form) != null) {
                throw new IllegalArgumentException("two forms are called " + form.name());
            }
            declarations.put(form.digest(), declaration);
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

    /** A form as it is declared; {@link #read} reads it again. */
    public JsonNode declaration(Form form) {
        JsonNode declaration = declarations.get(form.digest());
        if (declaration == null) {
            throw new IllegalArgumentException("not one of these forms: " + form.name());
        }
        return declaration.deepCopy();
    }

    private static String key(String name, int version) {
        return name + "/" + version;
    }

    /** Read once, when somebody asks for the first time. */
    private static final class OfHouse {
        private static final Forms FORMS = read();

        private static Forms read() {
            try {
                return new Forms(OF_THE_HOUSE.stream().map(OfHouse::resource).toList());
            } catch (Malformed malformed) {
                throw new IllegalStateException("a form of the house: " + malformed.problem(), malformed);
            }
        }

        private static JsonNode resource(String name) {
            String path = "/org/entente/exchange/form/" + name + ".json";
            try (InputStream stream = Forms.class.getResourceAsStream(path)) {
                if (stream == null) {
                    throw new IllegalStateException("the form is missing: " + path);
                }
                return CanonicalJson.parse(stream.readAllBytes(), BYTES_MAX);
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            } catch (Malformed malformed) {
                throw new IllegalStateException(path + ": " + malformed.problem(), malformed);
            }
        }
    }
}
