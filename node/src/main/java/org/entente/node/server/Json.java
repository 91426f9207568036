package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies of requests and answers. They are read and written by the same strict reader and canonical writer as statements
 * are, past the web framework's lenient ones: no duplicate names, nothing after the value, bounded depth and size.
 */
final class Json {
    static final int BODY_BYTES_MAX = 1 << 20;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An answer in canonical form. */
    static ResponseEntity<byte[]> answer(ObjectNode json) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(CanonicalJson.encode(json));
    }

    /** The object that a request brings. */
    static ObjectNode read(HttpServletRequest request) throws IOException, Malformed, TooLarge {
        if (CanonicalJson.parse(bytes(request), BODY_BYTES_MAX) instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("json.object-expected", "$");
    }

    static Members members(HttpServletRequest request) throws IOException, Malformed, TooLarge {
        return Members.of(read(request), "");
    }

    /** The text that a request brings; anything but UTF-8 is refused. */
    static String text(HttpServletRequest request) throws IOException, Malformed, TooLarge {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(request)))
                    .toString();
        } catch (CharacterCodingException refused) {
            throw new Malformed("api.not-utf8");
        }
    }

    private static byte[] bytes(HttpServletRequest request) throws IOException, TooLarge {
        if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            throw new TooLarge(BODY_BYTES_MAX);
        }
        byte[] bytes = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new TooLarge(BODY_BYTES_MAX);
        }
        return bytes;
    }
}
