package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema as the published schema uses; a keyword that it does not know is an error of the test. */
final class SmallSchema {
    private final JsonNode root;

    SmallSchema(JsonNode root) {
        this.root = root;
    }

    List<String> findings(JsonNode document) {
        List<String> findings = new ArrayList<>();
        check(root, document, "$", findings);
        return findings;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> findings) {
        for (var keyword : schema.properties()) {
            JsonNode rule = keyword.getValue();
            switch (keyword.getKey()) {
                case "$schema", "$id", "$defs", "title", "description" -> {
                    // Nothing to check.
                }
                case "$ref" -> check(definition(rule.stringValue()), value, path, findings);
                case "type" -> need(isType(rule.stringValue(), value), path + " is not " + rule, findings);
                case "enum" -> need(contains(rule, value), path + " is none of " + rule, findings);
                case "pattern" ->
                    need(
                            Pattern.compile(rule.stringValue())
                                    .matcher(value.stringValue())
                                    .find(),
                            path + " does not match " + rule,
                            findings);
                case "minimum" -> need(value.longValue() >= rule.longValue(), path + " is too small", findings);
                case "minProperties", "minItems" ->
                    need(value.size() >= rule.intValue(), path + " is too short", findings);
                case "required" ->
                    rule.forEach(name ->
                            need(value.has(name.stringValue()), path + " misses " + name.stringValue(), findings));
                case "properties", "additionalProperties" -> {
                    // Checked once for each property below.
                }
                case "items" -> value.forEach(item -> check(rule, item, path + "[]", findings));
                case "oneOf" -> need(matching(rule, value, path) == 1, path + " fits not exactly one form", findings);
                default -> throw new AssertionError("unknown keyword " + keyword.getKey());
            }
            if (!findings.isEmpty()) {
                return;
            }
        }
        if (value.isObject() && (schema.has("properties") || schema.has("additionalProperties"))) {
            properties(schema, value, path, findings);
        }
    }

    private void properties(JsonNode schema, JsonNode value, String path, List<String> findings) {
        for (String name : value.propertyNames()) {
            JsonNode known = schema.path("properties").get(name);
            JsonNode others = schema.path("additionalProperties");
            if (known != null) {
                check(known, value.required(name), path + "." + name, findings);
            } else if (others.isObject()) {
                check(others, value.required(name), path + "." + name, findings);
            } else {
                findings.add(path + " has an unknown key " + name);
            }
        }
    }

    private long matching(JsonNode forms, JsonNode value, String path) {
        long matching = 0;
        for (JsonNode form : forms) {
            List<String> findings = new ArrayList<>();
            check(form, value, path, findings);
            matching += findings.isEmpty() ? 1 : 0;
        }
        return matching;
    }

    private JsonNode definition(String reference) {
        return root.required("$defs").required(reference.substring("#/$defs/".length()));
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode element : list) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private static void need(boolean holds, String finding, List<String> findings) {
        if (!holds) {
            findings.add(finding);
        }
    }
}
