package org.entente.evidence.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes from good inputs the bad ones that find faults in readers. */
interface Noise {
    byte[] next(Random random);

    /** Words that mean something to one reader or another. */
    List<String> WORDS = List.of(
            "\n",
            "\n\n",
            "\r",
            "\0",
            "\u2014 ",
            " ",
            "+",
            "=",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "-0",
            "1e400",
            "9007199254740993",
            "-1",
            "18446744073709551616",
            "old ",
            "index ",
            "extra ",
            "quorum none\n",
            "\ufeff",
            "\u202e",
            "\u009b",
            "\uff11",
            "x001/",
            ".p/256");

    /** Changes of the bytes: flipped, cut, inserted, repeated, moved, of two inputs spliced; now and then garbage. */
    static Noise ofBytes(List<byte[]> good) {
        return random -> {
            if (random.nextInt(20) == 0) {
                return garbage(random, 200);
            }
            byte[] bytes = pick(good, random);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes = changed(bytes, good, random);
            }
            return bytes;
        };
    }

    private static byte[] changed(byte[] bytes, List<byte[]> good, Random random) {
        if (bytes.length == 0) {
            return garbage(random, 20);
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 8 : 400));
        byte[] slice = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(11)) {
            case 0, 1 -> flipped(bytes, at, random);
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> replaced(bytes, at, end, new byte[0]);
            case 4 -> replaced(bytes, at, at, garbage(random, 8));
            case 5 -> replaced(bytes, at, at, pick(WORDS, random).getBytes(StandardCharsets.UTF_8));
            case 6 -> replaced(bytes, at, end, pick(WORDS, random).getBytes(StandardCharsets.UTF_8));
            case 7 -> replaced(bytes, at, at, slice);
            case 8 -> replaced(bytes, random.nextInt(bytes.length), end, slice);
            case 9 -> replaced(bytes, at, at, repeated(slice, 1 << random.nextInt(8)));
            default -> {
                byte[] other = pick(good, random);
                yield replaced(
                        bytes, at, bytes.length, Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            }
        };
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt());
        return changed;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] part) {
        int end = Math.max(from, to);
        byte[] changed = Arrays.copyOf(bytes, from + part.length + bytes.length - end);
        System.arraycopy(part, 0, changed, from, part.length);
        System.arraycopy(bytes, end, changed, from + part.length, bytes.length - end);
        return changed;
    }

    private static byte[] repeated(byte[] slice, int times) {
        byte[] many = new byte[slice.length * times];
        for (int i = 0; i < many.length; i++) {
            many[i] = slice[i % slice.length];
        }
        return many;
    }

    private static byte[] garbage(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Changes of the values of a JSON document, which stays canonical: what a signer may say under good signatures. */
    static Noise ofJson(byte[] good) {
        return random -> {
            try {
                JsonNode document = CanonicalJson.parseCanonical(good, good.length);
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    change(document, document, random);
                }
                return CanonicalJson.encode(document);
            } catch (Malformed impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    private static void change(JsonNode root, JsonNode node, Random random) {
        if (!node.isEmpty() && node instanceof ObjectNode object) {
            String name = pick(List.copyOf(object.propertyNames()), random);
            JsonNode child = object.get(name);
            if (child.isContainer() && !child.isEmpty() && random.nextInt(4) > 0) {
                change(root, child, random);
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", child);
                default -> object.set(name, value(root, child, random));
            }
        } else if (!node.isEmpty() && node instanceof ArrayNode array) {
            int at = random.nextInt(array.size());
            JsonNode child = array.get(at);
            if (child.isContainer() && !child.isEmpty() && random.nextInt(4) > 0) {
                change(root, child, random);
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> array.remove(at);
                case 1 -> array.insert(random.nextInt(array.size() + 1), child.deepCopy());
                default -> array.set(at, value(root, child, random));
            }
        }
    }

    private static JsonNode value(JsonNode root, JsonNode old, Random random) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(9)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextBoolean() ? -1L : CanonicalJson.INTEGER_MAX);
            case 2 -> nodes.numberNode(random.nextBoolean() ? 0.5 : 1e300);
            case 3 -> nodes.booleanNode(true);
            case 4 -> random.nextBoolean() ? nodes.objectNode() : nodes.arrayNode();
            case 5 -> nodes.stringNode(pick(WORDS, random));
            case 6 -> elsewhere(root, random).deepCopy();
            default -> old.isString() ? nodes.stringNode(changed(old.stringValue(), random)) : nodes.stringNode("");
        };
    }

    private static String changed(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new String(
                changed(bytes, List.of(bytes.length == 0 ? new byte[1] : bytes), random), StandardCharsets.UTF_8);
    }

    private static JsonNode elsewhere(JsonNode root, Random random) {
        JsonNode node = root;
        while (!node.isEmpty() && random.nextInt(5) > 0) {
            List<JsonNode> children = node.values().stream().toList();
            node = pick(children, random);
        }
        return node.equals(root) ? JsonNodeFactory.instance.objectNode() : node;
    }
}
