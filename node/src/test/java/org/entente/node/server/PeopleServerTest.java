package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON interface over real HTTPS, of a whole node on a real database. */
@Timeout(180)
class PeopleServerTest {
    private static final int BYTES_MAX = 1 << 20;

    @TempDir
    static Path folder;

    private static NodeOnTrial node;
    private static Credential administrator;
    private static Credential analyst;
    private static Credential legal;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        node = NodeOnTrial.start(folder);
        administrator = node.administrator();
        analyst = node.enrol("uif-analyst-1", "Ana", NodeOnTrial.UIF, Role.ANALYST);
        legal = node.enrol("uif-legal-1", "Luz", NodeOnTrial.UIF, Role.LEGAL);
        browser = new Browser(node.port());
    }

    @AfterAll
    static void stop() {
        browser.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/node", "/api/partners", "/api/nowhere", "/api/probes/00", "/metrics"})
    void nobodyIsToldAnythingWithoutAToken(String path) throws Exception {
        HttpResponse<String> none = browser.get(path);
        HttpResponse<String> wrong = browser.get(path, "Authorization", "Bearer ent_" + "A".repeat(43));
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(problem(none).path("code").asString()).isEqualTo("api.token-missing");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(none.body());
        assertThat(none.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aRoleDoesWhatItMayAndNothingElse() throws Exception {
        assertRefused(analyst, "POST", "/api/partners");
        assertRefused(analyst, "POST", "/api/officers");
        assertRefused(analyst, "GET", "/api/officers");
        assertRefused(analyst, "GET", "/api/bundles/US");
        assertRefused(analyst, "POST", "/api/acts/release");
        assertRefused(legal, "POST", "/api/acts/probe");
        assertRefused(administrator, "GET", "/api/probes");
        assertRefused(administrator, "POST", "/api/acts/probe");
        assertRefused(administrator, "POST", "/api/drafts/" + "0".repeat(64) + "/approvals");
        assertRefused(analyst, "POST", "/api/memoranda/" + "0".repeat(64) + "/suspension");
        try (OfficerClient client = node.client(analyst, Language.ENGLISH)) {
            assertThat(client.get("/api/node").path("officer").path("role").asString())
                    .isEqualTo("analyst");
            assertThat(client.get("/api/probes").path("probes").size()).isZero();
        }
    }

    @Test
    void anotherAuthoritysDataIsNotLoadedAndNotSeen() throws Exception {
        Credential other = node.enrol("fgr-analyst-1", "Fe", NodeOnTrial.FGR, Role.ANALYST);
        Path file = Files.writeString(folder.resolve("own.csv"), "rfc,name\nAAA010101AAA,Empresa Ejemplo\n");
        String load = "?format=csv&column=rfc&type=rfc&obtainedBy=MX/UIF&obtainedIn=MX&purposes=money-laundering";
        try (OfficerClient ours = node.client(analyst, Language.ENGLISH);
                OfficerClient theirs = node.client(other, Language.ENGLISH)) {
            assertThatThrownBy(() -> theirs.upload("/api/loads" + load + "&authority=MX/UIF", file))
                    .isInstanceOfSatisfying(
                            NodeRefusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("officer.authority-other"));
            JsonNode loaded = ours.upload("/api/loads" + load + "&authority=MX/UIF", file);
            assertThat(loaded.path("report").path("accepted").asLong()
                            + loaded.path("report").path("flagged").asLong())
                    .isPositive();
            assertThat(ours.get("/api/holdings").path("counts").size()).isEqualTo(1);
            assertThat(ours.get("/api/holdings").path("loads").size()).isEqualTo(1);
            assertThat(theirs.get("/api/holdings").path("counts").size()).isZero();
            assertThat(theirs.get("/api/holdings").path("loads").size()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/nowhere,,404,api.nothing-here",
        "GET,/api/probes/xx,,422,digest.malformed",
        "POST,/api/acts/unknown,application/json,404,api.nothing-here",
        "DELETE,/api/cases,,405,api.method-refused",
        "POST,/api/cases,text/plain,415,api.media-type-refused",
        "POST,/api/cases,,415,api.media-type-refused",
        "GET,/api/timeline?limit=x,,400,api.parameter-refused",
        "GET,/api/timeline?limit=0,,422,api.limit-refused",
        "POST,/api/loads?format=csv,application/octet-stream,400,api.parameter-missing",
        "GET,/api/cases;x=1,,400,api.request-refused",
        "GET,/api//cases,,400,api.request-refused"
    })
    void whatIsWrongIsSaidByOneCodeInTwoLanguages(
            String method, String path, @Nullable String type, int status, String code) throws Exception {
        String english = refusal(method, path, type, "en", status, code);
        String spanish = refusal(method, path, type, "es-MX,es;q=0.9", status, code);
        assertThat(english).isNotEqualTo(spanish).isNotEqualTo(code);
        assertThat(spanish).isNotEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reference\":\"A-1\"|json.syntax",
                "{\"reference\":\"A-1\",\"reference\":\"A-2\"}|json.duplicate-name",
                "[]|json.object-expected",
                "{\"reference\":\"A-1\",\"memorandum\":\"00\",\"purpose\":\"x\"}|digest.malformed",
                "{} {}|json.trailing"
            })
    void aBodyIsReadStrictly(String body, String code) throws Exception {
        HttpResponse<String> answer = post("/api/cases", analyst, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(problem(answer).path("code").asString()).isEqualTo(code);
    }

    @Test
    void anUnknownMemberIsRefusedByName() throws Exception {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("reference", "A-1")
                .put("memorandum", "0".repeat(64))
                .put("purpose", "money-laundering")
                .put("extra", true);
        HttpResponse<String> answer = post("/api/cases", analyst, CanonicalJson.encode(body));
        assertThat(problem(answer).path("code").asString()).isEqualTo("json.member-unknown");
    }

    @Test
    void moreThanTheBoundIsRefused() throws Exception {
        HttpResponse<String> answer = post("/api/cases", analyst, new byte[Json.BODY_BYTES_MAX + 1]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(problem(answer).path("code").asString()).isEqualTo("api.too-large");
    }

    @Test
    void aMemorandumIsKeptShownAndRenderedInBothLanguages() throws Exception {
        Path example = repository().resolve("examples/mx-us.yaml");
        HttpResponse<String> brought = browser.send(browser.request("/api/memoranda")
                .header("Authorization", bearer(legal))
                .header("Content-Type", "text/yaml")
                .POST(HttpRequest.BodyPublishers.ofFile(example)));
        assertThat(brought.statusCode()).isEqualTo(200);
        String digest = json(brought).path("digest").asString();
        assertThat(json(brought).path("state").asString()).isEqualTo("draft");
        String english = browser.get(
                        "/api/memoranda/" + digest + "/rendering?language=en", "Authorization", bearer(analyst))
                .body();
        String spanish = browser.get(
                        "/api/memoranda/" + digest + "/rendering?language=es", "Authorization", bearer(analyst))
                .body();
        assertThat(english).contains("2.2").isNotEqualTo(spanish);
        assertThat(spanish).contains("narcotráfico");
    }

    @Test
    void answersCarryTheHeadersOfACarefulServer() throws Exception {
        HttpResponse<String> answer = browser.get("/api/node", "Authorization", bearer(analyst));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
    }

    @Test
    void healthTellsAStrangerThreeWordsAndMetricsNeedAToken() throws Exception {
        HttpResponse<String> health = browser.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"database\":\"up\",\"peerListener\":\"up\",\"status\":\"up\"}");
        HttpResponse<String> metrics = browser.get("/metrics", "Authorization", bearer(administrator));
        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("text/plain;version=0.0.4"));
        assertThat(metrics.body())
                .contains("# TYPE entente_statements_total counter")
                .contains("# TYPE entente_outbox_waiting gauge")
                .contains("entente_proceedings_overdue{by=\"us\"} 0");
        assertThat(metrics.body().lines()).allMatch(line -> line.matches("#.*|[a-z_]+(\\{[^}]*})? [0-9]+"));
    }

    @Test
    void onlyTls13IsSpoken() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {Browser.trustsAll()}, null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", node.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(javax.net.ssl.SSLException.class);
        }
    }

    @Test
    void aTakenPortIsSaidSo() {
        assertThatThrownBy(() -> node.startAgainAt(node.port()))
                .isInstanceOfSatisfying(
                        ServerUnavailable.class,
                        taken -> assertThat(taken.problem().code()).isEqualTo("server.port-taken"));
    }

    private static void assertRefused(Credential officer, String method, String path) throws Exception {
        HttpRequest.Builder request =
                browser.request(path).header("Authorization", bearer(officer)).header("Accept-Language", "es");
        request = method.equals("GET")
                ? request.GET()
                : request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
        HttpResponse<String> answer = browser.send(request);
        assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(403);
        assertThat(problem(answer).path("code").asString()).isEqualTo("officer.role-lacks");
        assertThat(problem(answer).path("clauses").isArray()).isTrue();
        assertThat(problem(answer).path("detail").asString()).contains("función");
    }

    private static String refusal(
            String method, String path, @Nullable String type, String language, int status, String code)
            throws Exception {
        HttpRequest.Builder request =
                browser.request(path).header("Authorization", bearer(analyst)).header("Accept-Language", language);
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> answer = browser.send(request.method(
                method,
                method.equals("POST")
                        ? HttpRequest.BodyPublishers.ofString("{}")
                        : HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem(answer).path("code").asString()).isEqualTo(code);
        assertThat(problem(answer).path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("springframework");
        return problem(answer).path("detail").asString();
    }

    private static HttpResponse<String> post(String path, Credential officer, byte[] body) throws Exception {
        return browser.send(browser.request(path)
                .header("Authorization", bearer(officer))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static String bearer(Credential officer) {
        return "Bearer " + officer.token().text();
    }

    private static JsonNode problem(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return CanonicalJson.parse(answer.body().getBytes(StandardCharsets.UTF_8), BYTES_MAX);
    }

    static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("examples"))) {
            here = here.getParent();
        }
        return Objects.requireNonNull(here, "the repository's root");
    }
}
