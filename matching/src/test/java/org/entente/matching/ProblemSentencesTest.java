package org.entente.matching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.probe.AnswerRefusal;
import org.entente.matching.probe.ChargeCheck;
import org.entente.matching.probe.MalformedBatch;
import org.junit.jupiter.api.Test;

class ProblemSentencesTest {
    private static Properties sentences(String language) throws IOException {
        Properties properties = new Properties();
        String name = "/org/entente/matching/problems_" + language + ".properties";
        try (InputStream in = ProblemSentencesTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            properties.load(new InputStreamReader(in, UTF_8));
        }
        return properties;
    }

    private static Stream<String> codes(String prefix, Enum<?>[] reasons) {
        return Arrays.stream(reasons)
                .map(reason -> prefix + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void everyReasonHasASentenceInBothLanguagesWithTheSamePlaces() throws IOException {
        Properties english = sentences("en");
        Properties spanish = sentences("es");
        assertThat(spanish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        Set<String> codes = new TreeSet<>();
        codes("matching.batch.", MalformedBatch.Reason.values()).forEach(codes::add);
        codes("matching.answer.", AnswerRefusal.values()).forEach(codes::add);
        codes("matching.charge.", ChargeCheck.Reason.values()).forEach(codes::add);
        codes("matching.index.", DamagedIndex.Reason.values()).forEach(codes::add);
        assertThat(english.stringPropertyNames()).containsAll(codes);
        for (String code : english.stringPropertyNames()) {
            assertThat(english.getProperty(code)).endsWith(".").doesNotContain("'");
            assertThat(spanish.getProperty(code)).endsWith(".").doesNotContain("'");
            assertThat(new MessageFormat(spanish.getProperty(code), Locale.ROOT).getFormats())
                    .hasSameSizeAs(new MessageFormat(english.getProperty(code), Locale.ROOT).getFormats());
        }
    }
}
