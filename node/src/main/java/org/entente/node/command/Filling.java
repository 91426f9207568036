package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.form.Field;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Step;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an officer fills in for a step on the command line, and how it is said. The node's own form tells what each value is. */
final class Filling {
    private static final int VALUES_BYTES_MAX = 1 << 20;

    @Mixin
    private NodeAccess access = new NodeAccess();

    @Option(names = "--set", paramLabel = "FIELD=VALUE", descriptionKey = "proceedings.set")
    private List<String> set = new ArrayList<>();

    @Option(names = "--values", paramLabel = "FILE", descriptionKey = "proceedings.values")
    private Optional<Path> values = Optional.empty();

    @Option(names = "--envelope", paramLabel = "FILE", descriptionKey = "proceedings.envelope")
    private Optional<Path> envelope = Optional.empty();

    @Option(names = "--legal-basis", paramLabel = "TEXT", descriptionKey = "proceedings.legal-basis")
    private String legalBasis = "";

    @Option(names = "--with", paramLabel = "OFFICER", descriptionKey = "proceedings.with")
    private List<String> with = new ArrayList<>();

    /** With whom a proceeding is opened, and what about. */
    record Addressed(String to, String caseReference, String category, boolean overlapKnown) {}

    /** Opens a proceeding under the newest version of a form. */
    int open(String form, Addressed addressed, List<String> more, CommandSpec spec)
            throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        try (OfficerClient client = access.client(language)) {
            Form declared = Forms.read(client.get("/api/forms/" + ProceedingsCommand.name(form)));
            ObjectNode facts = JsonNodeFactory.instance
                    .objectNode()
                    .put("form", declared.name())
                    .put("to", addressed.to());
            if (!addressed.caseReference().isEmpty()) {
                facts.put("case", addressed.caseReference());
            }
            if (!addressed.category().isEmpty()) {
                facts.put("category", addressed.category());
            }
            if (addressed.overlapKnown()) {
                facts.put("overlapKnown", true);
            }
            fill(facts, declared.opening(), more);
            return say(client, "proceeding-opened", facts, spec, language);
        }
    }

    /** Takes a step of a proceeding. */
    int take(String opening, String step, List<String> more, CommandSpec spec)
            throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        String proceeding = Digest.parse(opening).hex();
        try (OfficerClient client = access.client(language)) {
            JsonNode whole = client.get("/api/proceedings/" + proceeding);
            Form declared = Forms.read(client.get("/api/forms/"
                    + ProceedingsCommand.name(whole.required("form").asString()) + "?version="
                    + whole.required("version").asInt()));
            Step wanted =
                    declared.step(step).orElseThrow(() -> new Malformed("proceedings.step-unknown", step, open(whole)));
            ObjectNode facts = JsonNodeFactory.instance
                    .objectNode()
                    .put("proceeding", proceeding)
                    .put("step", wanted.name());
            fill(facts, wanted, more);
            return say(client, "step-taken", facts, spec, language);
        }
    }

    private static String open(JsonNode whole) {
        List<String> names = new ArrayList<>();
        whole.required("open").forEach(step -> names.add(step.required("step").asString()));
        return String.join(", ", names);
    }

    private void fill(ObjectNode facts, Step step, List<String> more) throws IOException, Malformed {
        ObjectNode filled =
                values.isPresent() ? object(values.get(), VALUES_BYTES_MAX) : JsonNodeFactory.instance.objectNode();
        List<String> given = new ArrayList<>(set);
        given.addAll(more);
        merge(filled, step, given);
        facts.set("values", filled);
        if (envelope.isPresent()) {
            facts.set("envelope", object(envelope.get(), VALUES_BYTES_MAX));
        }
        if (!legalBasis.isEmpty()) {
            facts.put("legalBasis", legalBasis);
        }
        if (!with.isEmpty()) {
            with.forEach(facts.putArray("with")::add);
        }
    }

    /** Adds {@code field=value} pairs; a field that is a list takes several. */
    static void merge(ObjectNode filled, Step step, List<String> pairs) throws Malformed {
        Map<String, List<String>> byField = new LinkedHashMap<>();
        for (String pair : pairs) {
            int sign = pair.indexOf('=');
            if (sign < 1) {
                throw new Malformed("proceedings.pair-malformed", pair);
            }
            byField.computeIfAbsent(pair.substring(0, sign), field -> new ArrayList<>())
                    .add(pair.substring(sign + 1));
        }
        for (Map.Entry<String, List<String>> one : byField.entrySet()) {
            Field field = step.field(one.getKey())
                    .orElseThrow(() -> new Malformed("proceedings.field-unknown", one.getKey(), names(step)));
            if (filled.has(field.name())) {
                throw new Malformed("proceedings.field-twice", field.name());
            }
            filled.set(field.name(), value(field, one.getValue()));
        }
    }

    private static String names(Step step) {
        return String.join(", ", step.fields().stream().map(Field::name).toList());
    }

    private static JsonNode value(Field field, List<String> texts) throws Malformed {
        if (field.holds().type() == Field.Type.ROWS) {
            throw new Malformed("proceedings.rows-in-file", field.name());
        }
        if (field.holds().many()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (String text : texts) {
                list.add(single(field, text));
            }
            return list;
        }
        if (texts.size() > 1) {
            throw new Malformed("proceedings.field-twice", field.name());
        }
        return single(field, texts.getFirst());
    }

    private static JsonNode single(Field field, String text) throws Malformed {
        return switch (field.holds().type()) {
            case NUMBER -> number(field, text);
            case YES_NO ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "yes", "true", "sí", "si" -> JsonNodeFactory.instance.booleanNode(true);
                    case "no", "false" -> JsonNodeFactory.instance.booleanNode(false);
                    default -> throw new Malformed("proceedings.yes-or-no", field.name());
                };
            default -> JsonNodeFactory.instance.stringNode(text);
        };
    }

    private static JsonNode number(Field field, String text) throws Malformed {
        try {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new Malformed("proceedings.number-malformed", field.name());
        }
    }

    private static ObjectNode object(Path file, int most) throws IOException, Malformed {
        if (CanonicalJson.parse(SourceFile.read(file, most), most) instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("json.object-expected", file.toString());
    }

    private static int say(OfficerClient client, String act, ObjectNode facts, CommandSpec spec, Language language)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        return said(
                client.act(act, facts),
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                language);
    }

    /** Prints the statement, or for whose approval the act waits. */
    static int said(JsonNode draft, PrintWriter out, PrintWriter err, Language language) {
        Optional<String> statement = OfficerClient.text(draft, "statement");
        if (statement.isPresent()) {
            out.println(statement.get());
            err.println(Catalogue.say(language, "proceedings.said"));
        } else {
            List<String> missing = new ArrayList<>();
            draft.required("approvers").forEach(officer -> missing.add(officer.asString()));
            draft.required("approvedBy").forEach(officer -> missing.remove(officer.asString()));
            String subject = draft.required("subject").asString();
            out.println(subject);
            err.println(Catalogue.say(language, "proceedings.waits", String.join(", ", missing), subject));
        }
        return 0;
    }
}
