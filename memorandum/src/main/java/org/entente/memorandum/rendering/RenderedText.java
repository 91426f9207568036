package org.entente.memorandum.rendering;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.entente.evidence.canonical.Digest;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.SignedTexts;

/**
 * A memorandum in one language as plain text, byte for byte what can be signed beside the canonical form. A later version
 * of the software may say the same terms in better words, so whoever signs the digest keeps the text.
 *
 * <p>UTF-8 with a line feed after each line: {@code entente-memorandum-text/1} and the language; {@code sha-256} and the
 * digest of the canonical form; then each paragraph of {@link Rendering}, its number (or nothing), a tab, its words. No
 * text of a memorandum holds a tab or a line end, so no title can pretend to be a clause.
 */
public final class RenderedText {
    private static final String FORM = "entente-memorandum-text/1";

    private final Language language;
    private final String text;
    private final Digest digest;

    private RenderedText(Language language, String text) {
        this.language = language;
        this.text = text;
        this.digest = Digest.of(bytes());
    }

    public static RenderedText of(Memorandum memorandum, Language language) {
        StringBuilder text = new StringBuilder();
        text.append(FORM)
                .append(' ')
                .append(language.name().toLowerCase(Locale.ROOT))
                .append('\n');
        text.append("sha-256 ").append(memorandum.digest().hex()).append('\n');
        for (Paragraph paragraph : Rendering.of(memorandum, language)) {
            text.append(paragraph.number())
                    .append('\t')
                    .append(paragraph.text())
                    .append('\n');
        }
        return new RenderedText(language, text.toString());
    }

    /** What a party signs beside the canonical form: the digests of both languages' texts. */
    public static SignedTexts both(Memorandum memorandum) {
        return new SignedTexts(
                of(memorandum, Language.EN).digest(),
                of(memorandum, Language.ES).digest());
    }

    public Language language() {
        return language;
    }

    /** The whole text, with its two lines of head. */
    public String text() {
        return text;
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 of the bytes. */
    public Digest digest() {
        return digest;
    }
}
