package org.entente.evidence.canonical;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recursive descent over RFC 8259 text that was already decoded strictly. It is written out, instead of configuring a
 * lenient parser down, because what it refuses is the point: duplicate names, lone surrogates, anything after the value,
 * nesting beyond {@link CanonicalJson#DEPTH_MAX}, numbers that a double cannot hold.
 */
final class JsonReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String text;
    private int at;
    private int values;

    JsonReader(String text) {
        this.text = text;
    }

    JsonNode document() throws Malformed {
        JsonNode value = value(0);
        skipSpace();
        if (at != text.length()) {
            throw refused("json.trailing");
        }
        return value;
    }

    private JsonNode value(int depth) throws Malformed {
        skipSpace();
        values++;
        if (values > CanonicalJson.VALUES_MAX) {
            throw refused("json.too-many-values");
        }
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> NODES.stringNode(string());
            case 't' -> word("true", NODES.booleanNode(true));
            case 'f' -> word("false", NODES.booleanNode(false));
            case 'n' -> word("null", NODES.nullNode());
            default -> number();
        };
    }

    private JsonNode object(int depth) throws Malformed {
        enter(depth);
        ObjectNode object = NODES.objectNode();
        if (closes('}')) {
            return object;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw refused("json.syntax");
            }
            int nameAt = at;
            String name = string();
            skipSpace();
            expect(':');
            if (object.has(name)) {
                at = nameAt;
                throw refused("json.duplicate-name");
            }
            object.set(name, value(depth));
        } while (continues('}'));
        return object;
    }

    private JsonNode array(int depth) throws Malformed {
        enter(depth);
        ArrayNode array = NODES.arrayNode();
        if (closes(']')) {
            return array;
        }
        do {
            array.add(value(depth));
        } while (continues(']'));
        return array;
    }

    private void enter(int depth) throws Malformed {
        if (depth > CanonicalJson.DEPTH_MAX) {
            throw refused("json.too-deep");
        }
        at++;
    }

    private boolean closes(char close) throws Malformed {
        skipSpace();
        if (peek() == close) {
            at++;
            return true;
        }
        return false;
    }

    private boolean continues(char close) throws Malformed {
        skipSpace();
        char next = peek();
        if (next != ',' && next != close) {
            throw refused("json.syntax");
        }
        at++;
        return next == ',';
    }

    private JsonNode word(String word, JsonNode value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw refused("json.syntax");
        }
        at += word.length();
        return value;
    }

    private String string() throws Malformed {
        at++;
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char unit = text.charAt(at);
            if (unit < 0x20) {
                throw refused("json.syntax");
            }
            out.append(unit == '\\' ? escape() : unit);
            at++;
        }
        at++;
        if (!CanonicalJson.wellFormed(out)) {
            throw refused("json.lone-surrogate");
        }
        return out.toString();
    }

    /** Reads an escape whose backslash is at the cursor and leaves the cursor on its last character. */
    private char escape() throws Malformed {
        at++;
        return switch (peek()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    at++;
                    int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
                    if (digit < 0) {
                        throw refused("json.syntax");
                    }
                    unit = unit << 4 | digit;
                }
                yield (char) unit;
            }
            default -> throw refused("json.syntax");
        };
    }

    private JsonNode number() throws Malformed {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
            whole = false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
            whole = false;
        }
        String literal = text.substring(start, at);
        if (!whole) {
            double value = Double.parseDouble(literal);
            if (!Double.isFinite(value)) {
                throw refused("json.number-range");
            }
            return NODES.numberNode(value);
        }
        long value = literal.length() > 17 ? Long.MAX_VALUE : Long.parseLong(literal);
        if (!CanonicalJson.exact(value)) {
            throw refused("json.number-range");
        }
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private void digits() throws Malformed {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw refused("json.syntax");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char wanted) throws Malformed {
        if (peek() != wanted) {
            throw refused("json.syntax");
        }
        at++;
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw refused("json.syntax");
        }
        return text.charAt(at);
    }

    private Malformed refused(String code) {
        return new Malformed(code, Integer.toString(at));
    }
}
