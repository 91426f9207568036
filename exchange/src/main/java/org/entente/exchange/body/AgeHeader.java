package org.entente.exchange.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.entente.evidence.canonical.Malformed;

/**
 * The textual header of an age file: version line, stanzas, MAC line (C2SP age, “ABNF definition of file header”).
 *
 * @param stanzas one for each recipient, of known and unknown types, in the order of the file
 * @param authenticated the exact bytes that the MAC covers, up to and including {@code ---}
 * @param mac 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record AgeHeader(List<Stanza> stanzas, byte[] authenticated, byte[] mac) {
    static final String VERSION_LINE = "age-encryption.org/v1";
    /** age sets no limit; ours is room for about forty hybrid recipients. */
    static final int BYTES_MAX = 64 * 1024;

    private static final int COLUMNS = 64;
    private static final int MAC_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /**
     * @param arguments at least one; the first is the type
     * @param body at most as long as the header may be
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Stanza(List<String> arguments, byte[] body) {
        String type() {
            return arguments.getFirst();
        }
    }

    static Stanza stanza(String type, byte[] argument, byte[] body) {
        return new Stanza(List.of(type, ENCODER.encodeToString(argument)), body);
    }

    /** The bytes that the MAC covers. */
    static byte[] authenticated(List<Stanza> stanzas) {
        StringBuilder text = new StringBuilder(VERSION_LINE).append('\n');
        for (Stanza stanza : stanzas) {
            text.append("-> ").append(String.join(" ", stanza.arguments())).append('\n');
            String body = ENCODER.encodeToString(stanza.body());
            for (int at = 0; at <= body.length(); at += COLUMNS) {
                text.append(body, at, Math.min(at + COLUMNS, body.length())).append('\n');
            }
        }
        return text.append("---").toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] encode(byte[] authenticated, byte[] mac) {
        return Hkdf.concat(
                authenticated, (" " + ENCODER.encodeToString(mac) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] mac(byte[] fileKey, byte[] authenticated) {
        byte[] key = Hkdf.expand(
                Hkdf.extract(new byte[0], fileKey), "header".getBytes(StandardCharsets.US_ASCII), Hkdf.HASH_BYTES);
        return Hkdf.hmac(key, authenticated);
    }

    /** Reads the header and leaves the stream at the first byte of the payload. */
    static AgeHeader read(InputStream file) throws IOException, Malformed {
        return new Reader(file).header();
    }

    /** Canonical base64 without padding, or refused: bytes that decode alike must be alike (RFC 4648, section 3.5). */
    static byte[] decodeBase64(String text) throws Malformed {
        try {
            byte[] content = Base64.getDecoder().decode(text);
            if (ENCODER.encodeToString(content).equals(text)) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as every other text that is not the one way to write its content.
        }
        throw malformed();
    }

    static Malformed malformed() {
        return new Malformed("body.header-malformed");
    }

    private static final class Reader {
        private final InputStream file;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Reader(InputStream file) {
            this.file = file;
        }

        AgeHeader header() throws IOException, Malformed {
            if (!line().equals(VERSION_LINE)) {
                throw new Malformed("body.not-age");
            }
            List<Stanza> stanzas = new ArrayList<>();
            while (true) {
                int start = seen.size();
                String line = line();
                if (line.startsWith("--- ") && !stanzas.isEmpty()) {
                    byte[] mac = decodeBase64(line.substring(4));
                    if (mac.length != MAC_BYTES) {
                        throw malformed();
                    }
                    return new AgeHeader(
                            List.copyOf(stanzas), Arrays.copyOf(seen.toByteArray(), start + "---".length()), mac);
                }
                stanzas.add(stanza(line));
            }
        }

        private Stanza stanza(String line) throws IOException, Malformed {
            if (!line.startsWith("-> ")) {
                throw malformed();
            }
            List<String> arguments = List.of(line.substring(3).split(" ", -1));
            for (String argument : arguments) {
                if (argument.isEmpty() || !argument.chars().allMatch(c -> c > ' ' && c <= '~')) {
                    throw malformed();
                }
            }
            StringBuilder body = new StringBuilder();
            String part;
            do {
                part = line();
                if (part.length() > COLUMNS) {
                    throw malformed();
                }
                body.append(part);
            } while (part.length() == COLUMNS);
            return new Stanza(arguments, decodeBase64(body.toString()));
        }

        /** One line without its line feed; a header that ends early or is too long is refused. */
        private String line() throws IOException, Malformed {
            StringBuilder line = new StringBuilder();
            while (true) {
                int next = file.read();
                if (next < 0 || seen.size() >= BYTES_MAX) {
                    throw malformed();
                }
                seen.write(next);
                if (next == '\n') {
                    return line.toString();
                }
                line.append((char) next);
            }
        }
    }
}
