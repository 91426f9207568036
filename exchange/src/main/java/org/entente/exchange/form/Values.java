package org.entente.exchange.form;

import java.time.LocalDate;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Words;
import tools.jackson.databind.JsonNode;

/** What a single value may be, by the type of its field. */
final class Values {
    static final int LIST_MAX = 500;
    private static final int LINE_MAX = 300;
    private static final int TEXT_MAX = 20_000;

    private Values() {}

    /** What is wrong with it, so that it cannot be said. */
    static Optional<Problem> fault(String place, Field field, JsonNode value, LocalDate today) {
        return switch (field.holds().type()) {
            case NUMBER ->
                unless(
                        value.isIntegralNumber()
                                && value.canConvertToLong()
                                && value.longValue() >= 0
                                && value.longValue() <= CanonicalJson.INTEGER_MAX,
                        Problem.of("form.field-number", place));
            case YES_NO -> unless(value.isBoolean(), Problem.of("form.field-yes-no", place));
            case ROWS -> throw new IllegalArgumentException("rows have columns");
            default ->
                value.isString()
                        ? text(place, field, value.stringValue(), today)
                        : Optional.of(Problem.of("form.field-text", place));
        };
    }

    private static Optional<Problem> text(String place, Field field, String text, LocalDate today) {
        return switch (field.holds().type()) {
            case LINE -> unless(isLine(text, LINE_MAX), Problem.of("form.field-line", place));
            case TEXT -> unless(isText(text), Problem.of("form.field-text", place));
            case DAY -> unless(reads(() -> IsoDay.parse(text)), Problem.of("form.field-day", place));
            case LAST_DAY -> lastDay(place, text, today);
            case MOMENT -> unless(reads(() -> UtcSeconds.parse(text)), Problem.of("form.field-moment", place));
            case CHOICE ->
                unless(
                        field.holds().choices().stream()
                                .anyMatch(choice -> choice.word().equals(text)),
                        Problem.of("form.field-choice", place));
            case QUANTITY ->
                unless(
                        text.matches("(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})? [A-Za-z%µ][A-Za-z0-9/%]{0,11}"),
                        Problem.of("form.field-quantity", place));
            case PLACE -> unless(reads(() -> Place.parse(text)), Problem.of("form.field-place", place));
            case AUTHORITY -> unless(reads(() -> AuthorityCode.parse(text)), Problem.of("form.field-authority", place));
            case STATEMENT -> unless(reads(() -> Digest.parse(text)), Problem.of("form.field-statement", place));
            case PURPOSE -> unless(reads(() -> Purpose.parse(text)), Problem.of("form.field-purpose", place));
            case GROUND ->
                unless(Word.find(Words.RefusalGround.class, text).isPresent(), Problem.of("form.field-ground", place));
            case CAS -> unless(isLine(text, LINE_MAX), Problem.of("form.field-line", place));
            case HS -> unless(isLine(text, LINE_MAX), Problem.of("form.field-line", place));
            case NUMBER, YES_NO, ROWS -> throw new IllegalArgumentException("not written as text");
        };
    }

    /** What is odd about it: codes of trade are mistyped on real papers, and are passed on as they stand there. */
    static Optional<Problem> doubt(String place, Field field, JsonNode value) {
        if (!value.isString()) {
            return Optional.empty();
        }
        return switch (field.holds().type()) {
            case CAS -> unless(isCas(value.stringValue()), Problem.of("form.field-cas-doubtful", place));
            case HS ->
                unless(
                        value.stringValue().matches("[0-9]{2}|[0-9]{4}(\\.?[0-9]{2}){0,3}"),
                        Problem.of("form.field-hs-doubtful", place));
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> lastDay(String place, String text, LocalDate today) {
        try {
            return unless(!IsoDay.parse(text).isBefore(today), Problem.of("form.field-day-passed", place));
        } catch (Malformed malformed) {
            return Optional.of(Problem.of("form.field-day", place));
        }
    }

    private static boolean isLine(String text, int most) {
        return !text.isBlank() && text.length() <= most && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= TEXT_MAX
                && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    /** Two to seven digits, two, and a check digit: the others from the right by 1, 2, 3 …, modulo ten (CAS, "Check Digit Verification"). */
    private static boolean isCas(String text) {
        if (!text.matches("[1-9][0-9]{1,6}-[0-9]{2}-[0-9]")) {
            return false;
        }
        String digits = text.replace("-", "");
        int last = digits.length() - 1;
        int sum = 0;
        for (int place = 1; place <= last; place++) {
            sum += place * Character.digit(digits.charAt(last - place), 10);
        }
        return sum % 10 == Character.digit(digits.charAt(last), 10);
    }

    private interface Reading {
        Object read() throws Malformed;
    }

    private static boolean reads(Reading reading) {
        try {
            reading.read();
            return true;
        } catch (Malformed malformed) {
            return false;
        }
    }

    private static Optional<Problem> unless(boolean right, Problem otherwise) {
        return right ? Optional.empty() : Optional.of(otherwise);
    }
}
