package org.entente.node.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.entente.node.language.Language;

/** Which language a caller reads: asked for in the address, else chosen before, else the one that is preferred. */
final class Tongue {
    static final String PARAMETER = "language";
    static final String COOKIE = "__Host-language";

    private Tongue() {}

    static Language of(HttpServletRequest request) {
        return asked(request).or(() -> chosen(request)).orElseGet(() -> preferred(request));
    }

    /** The language that the address names. */
    static Optional<Language> asked(HttpServletRequest request) {
        return ofCode(request.getParameter(PARAMETER));
    }

    private static Optional<Language> chosen(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return ofCode(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Language preferred(HttpServletRequest request) {
        for (Locale locale : Collections.list(request.getLocales())) {
            Optional<Language> language = ofCode(locale.getLanguage());
            if (language.isPresent()) {
                return language.get();
            }
        }
        return Language.ENGLISH;
    }

    private static Optional<Language> ofCode(@org.jspecify.annotations.Nullable String code) {
        for (Language language : Language.values()) {
            if (language.code().equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
