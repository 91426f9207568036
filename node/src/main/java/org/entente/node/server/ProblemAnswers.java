package org.entente.node.server;

import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Puts what went wrong into problem details (RFC 9457), in the caller's language; the code is the same in both. */
@RestControllerAdvice
class ProblemAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    @ExceptionHandler
    ProblemDetail malformed(Malformed malformed, Locale locale) {
        return detail(HttpStatus.UNPROCESSABLE_CONTENT, malformed.problem(), locale);
    }

    @ExceptionHandler
    ProblemDetail refused(RefusedAct refused, Locale locale) {
        ProblemDetail detail = detail(HttpStatus.FORBIDDEN, refused.problem(), locale);
        detail.setProperty("clauses", refused.clauses());
        return detail;
    }

    @ExceptionHandler
    ProblemDetail notFound(NothingHere nothing, Locale locale) {
        return detail(HttpStatus.NOT_FOUND, Problem.of("api.nothing-here"), locale);
    }

    @ExceptionHandler
    ProblemDetail unexpected(IllegalStateException bug, Locale locale) {
        LOG.error("an act failed", bug);
        return detail(HttpStatus.INTERNAL_SERVER_ERROR, Problem.of("api.failed"), locale);
    }

    private static ProblemDetail detail(HttpStatus status, Problem problem, Locale locale) {
        ProblemDetail detail =
                ProblemDetail.forStatusAndDetail(status, Catalogue.say(problem, Language.ofTag(locale.getLanguage())));
        detail.setProperty("code", problem.code());
        return detail;
    }
}
