package org.entente.memorandum.language;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.memorandum.item.Quoted;

/**
 * Names that do not say what they show: letters of other scripts that look Latin, and codes that differ only by what the eye
 * confuses. Both languages of a memorandum are written in Latin letters, so a Cyrillic or Greek one that looks Latin is
 * either a slip or a deceit. The letters are those of Unicode Technical Standard 39, confusables.txt, with a Latin skeleton.
 */
final class LookAlikes {
    /** Cyrillic, then Greek, capitals before small letters. */
    private static final String LOOKS_LATIN =
            "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u04ae\u04c0\u050c\u051a\u051c"
                    + "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u04cf\u0501\u051b\u051d\u0475"
                    + "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
                    + "\u03b1\u03b3\u03b9\u03bd\u03bf\u03c1\u03c3\u03c5\u03f2\u03f3";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final String ORDINALS = "[\u00aa\u00ba]";
    private static final Set<UnicodeScript> ANY_SCRIPT =
            EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN);

    private final Tree document;
    private final Findings findings;

    LookAlikes(Tree document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    void find() {
        names(document);
        for (String list : Set.of("purposes", "categories")) {
            if (child(document, list) instanceof Tree.Entries entries) {
                codes(entries, "", new HashMap<>());
            }
        }
        Map<String, String> authorities = new HashMap<>();
        if (child(document, "parties") instanceof Tree.Entries parties) {
            codes(parties, "", new HashMap<>());
            parties.entries().forEach((party, entry) -> {
                if (child(entry.value(), "authorities") instanceof Tree.Entries entries) {
                    codes(entries, party + "/", authorities);
                }
            });
        }
    }

    private static Tree child(Tree tree, String key) {
        Tree.Entry entry =
                tree instanceof Tree.Entries entries ? entries.entries().get(key) : null;
        return entry == null ? new Tree.Text("", Spot.FIRST) : entry.value();
    }

    /** Every text under a title or a name, in either language. */
    private void names(Tree tree) {
        if (tree instanceof Tree.Entries entries) {
            entries.entries().forEach((key, entry) -> {
                boolean shown = key.equals("title") || key.equals("name");
                if (shown && entry.value() instanceof Tree.Entries bilingual) {
                    bilingual.entries().values().forEach(text -> words(text.value()));
                } else {
                    names(entry.value());
                }
            });
        }
    }

    private void words(Tree tree) {
        if (tree instanceof Tree.Text text) {
            WORD.matcher(text.text()).results().map(match -> match.group()).forEach(word -> {
                if (deceives(word)) {
                    findings.warning(text.spot(), "memorandum.language.look-alike-letters", Quoted.of(word));
                }
            });
        }
    }

    private static boolean deceives(String word) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(ANY_SCRIPT);
        String plain = word.replaceAll(ORDINALS, "");
        return scripts.size() > 1
                || word.codePoints().anyMatch(point -> LOOKS_LATIN.indexOf(point) >= 0)
                || !Normalizer.normalize(plain, Normalizer.Form.NFKC)
                        .equals(Normalizer.normalize(plain, Normalizer.Form.NFC));
    }

    private void codes(Tree.Entries entries, String prefix, Map<String, String> seen) {
        entries.entries().forEach((key, entry) -> {
            String code = prefix + key;
            String earlier = seen.putIfAbsent(skeleton(code), code);
            if (earlier != null) {
                findings.warning(
                        entry.spot(), "memorandum.language.look-alike-codes", Quoted.of(earlier), Quoted.of(code));
            }
        });
    }

    /** O and 0 become one, and so do I, L and 1. */
    private static String skeleton(String code) {
        return code.toUpperCase(Locale.ROOT).replace('0', 'O').replace('1', 'I').replace('L', 'I');
    }
}
