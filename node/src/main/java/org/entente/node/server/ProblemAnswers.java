package org.entente.node.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.console.Screens;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.ledger.LogRestoring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts whatever went wrong into problem details (RFC 9457), in the caller's language; the code is the same in both. A
 * browser that asked for a page gets a page that says the same.
 */
@RestControllerAdvice
@RestController
class ProblemAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    private final Services services;
    private final Screens screens;

    ProblemAnswers(Services services, Screens screens) {
        this.services = services;
        this.screens = screens;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> malformed(Malformed malformed, HttpServletRequest request) {
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, malformed.problem(), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(RefusedAct refused, HttpServletRequest request) {
        return answer(HttpStatus.FORBIDDEN, refused.problem(), refused.clauses(), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> nothing(NothingHere nothing, HttpServletRequest request) {
        return answer(HttpStatus.NOT_FOUND, Problem.of("api.nothing-here"), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> restoring(LogRestoring restoring, HttpServletRequest request) {
        return answer(HttpStatus.CONFLICT, restoring.problem(), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooLarge(TooLarge tooLarge, HttpServletRequest request) {
        return answer(
                HttpStatus.CONTENT_TOO_LARGE, Problem.of("api.too-large", Long.toString(tooLarge.bytesMax())), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> missing(MissingServletRequestParameterException missing, HttpServletRequest request) {
        return answer(HttpStatus.BAD_REQUEST, Problem.of("api.parameter-missing", missing.getParameterName()), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> mistyped(MethodArgumentTypeMismatchException mistyped, HttpServletRequest request) {
        return answer(HttpStatus.BAD_REQUEST, Problem.of("api.parameter-refused", mistyped.getName()), request);
    }

    /** What the framework itself refuses, and every failure that nobody foresaw. */
    @ExceptionHandler
    ResponseEntity<byte[]> other(Exception other, HttpServletRequest request) {
        if (other instanceof ErrorResponse refused) {
            HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
            return answer(status, problemOf(status, request), request);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getServletPath(), other);
        if (services.vitals().diskExplains(other)) {
            return answer(HttpStatus.INSUFFICIENT_STORAGE, Problem.of("file.disk-full"), request);
        }
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, Problem.of("api.failed"), request);
    }

    /** What failed before or outside a controller. */
    @RequestMapping(Listener.ERROR_PATH)
    ResponseEntity<byte[]> outside(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.valueOf(code)
                : HttpStatus.NOT_FOUND;
        return answer(status, problemOf(status, request), request);
    }

    /** Writes a refusal from within the chain of filters. */
    void write(HttpStatus status, Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ResponseEntity<byte[]> answer = answer(status, problem, request);
        response.setStatus(status.value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        byte[] body = answer.getBody();
        if (body != null) {
            response.getOutputStream().write(body);
        }
    }

    private static Problem problemOf(HttpStatus status, HttpServletRequest request) {
        return switch (status) {
            case UNAUTHORIZED -> Problem.of("api.token-missing");
            case FORBIDDEN -> Problem.of("api.form-stale");
            case NOT_FOUND -> Problem.of("api.nothing-here");
            case METHOD_NOT_ALLOWED -> Problem.of("api.method-refused", request.getMethod());
            case NOT_ACCEPTABLE -> Problem.of("api.not-acceptable");
            case CONTENT_TOO_LARGE -> Problem.of("api.too-large", Integer.toString(Json.BODY_BYTES_MAX));
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of("api.media-type-refused");
            default -> Problem.of(status.is4xxClientError() ? "api.request-refused" : "api.failed");
        };
    }

    private ResponseEntity<byte[]> answer(HttpStatus status, Problem problem, HttpServletRequest request) {
        return answer(status, problem, List.of(), request);
    }

    private ResponseEntity<byte[]> answer(
            HttpStatus status, Problem problem, List<String> clauses, HttpServletRequest request) {
        Language language = Tongue.of(request);
        String sentence = Catalogue.say(problem, language);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status).header(HttpHeaders.CONTENT_LANGUAGE, language.code());
        if (wantsPage(request)) {
            String page = screens.problem(Console.frame(services, request), sentence, clauses);
            return answer.contentType(Console.PAGE).body(page.getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode json = Json.object()
                .put("type", "about:blank")
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("code", problem.code())
                .put("detail", sentence);
        if (status == HttpStatus.FORBIDDEN) {
            ArrayNode cited = json.putArray("clauses");
            clauses.forEach(cited::add);
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(CanonicalJson.encode(json));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed instanceof String original ? original : request.getRequestURI();
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE) && !path.startsWith("/api/");
    }
}
