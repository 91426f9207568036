package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console over real HTTPS: who gets in, what is escaped, what stays on its own page. */
@Timeout(180)
class ConsoleTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&";

    @TempDir
    static Path folder;

    private static NodeOnTrial node;
    private static Credential legal;

    @BeforeAll
    static void start() throws Exception {
        node = NodeOnTrial.start(folder);
        legal = node.enrol("uif-legal-1", HOSTILE, NodeOnTrial.UIF, Role.LEGAL);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aStrangerIsSentToTheGateAndTheNodeKeepsNoSession() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            HttpResponse<String> today = browser.get("/", "Accept", "text/html");
            assertThat(today.statusCode()).isEqualTo(302);
            assertThat(today.headers().firstValue("Location"))
                    .hasValueSatisfying(place -> assertThat(place).endsWith("/sign-in"));
            HttpResponse<String> gate = browser.get("/sign-in");
            assertThat(gate.statusCode()).isEqualTo(200);
            assertThat(gate.headers().allValues("Set-Cookie"))
                    .noneMatch(cookie -> cookie.startsWith("__Host-entente-"))
                    .allMatch(cookie -> cookie.contains("Secure")
                            && cookie.contains("HttpOnly")
                            && cookie.contains("SameSite=Strict"));
            assertThat(browser.get("/memoranda/" + "0".repeat(64)).statusCode()).isEqualTo(302);
            assertThat(browser.get("/nowhere").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            browser.get("/sign-in");
            HttpResponse<String> forged =
                    browser.submit("/sign-in", Map.of("token", legal.token().text()));
            assertThat(forged.statusCode()).isEqualTo(403);
            assertThat(browser.get("/").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void aWrongTokenStaysOutside() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            HttpResponse<String> refused = signIn(browser, "ent_" + "A".repeat(43));
            assertThat(refused.headers().firstValue("Location")).contains("/sign-in?refused");
            assertThat(browser.get("/sign-in?refused").body()).contains("role=\"alert\"");
            assertThat(browser.get("/").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void whatPeopleWroteIsShownAndNeverRun() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            assertThat(signIn(browser, legal.token().text()).statusCode()).isEqualTo(303);
            HttpResponse<String> today = browser.get("/");
            assertThat(today.statusCode()).isEqualTo(200);
            assertThat(today.body()).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
            String policy =
                    today.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(policy)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe")
                    .doesNotContain("script-src");
            assertThat(today.body())
                    .doesNotContain("style=\"")
                    .doesNotContain("<style")
                    .doesNotContain(" onclick");
            HttpResponse<String> nothing = browser.get("/memoranda/" + "0".repeat(64), "Accept", "text/html");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(browser.get("/nowhere", "Accept", "text/html").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void theLanguageChangesAndThePlaceDoesNot() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            signIn(browser, legal.token().text());
            HttpResponse<String> brought = browser.send(browser.request("/api/memoranda")
                    .header("Authorization", "Bearer " + legal.token().text())
                    .header("Content-Type", "application/yaml")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            Files.readString(PeopleServerTest.repository().resolve("examples/mx-us.yaml")))));
            assertThat(brought.statusCode()).isEqualTo(200);
            String page = "/memoranda/" + brought.body().replaceAll(".*\"digest\":\"([0-9a-f]{64})\".*", "$1");
            assertThat(browser.get(page, "Accept-Language", "en").body()).contains("<html lang=\"en\">");
            HttpResponse<String> spanish = browser.get(page + "?language=es", "Accept-Language", "en");
            assertThat(spanish.body()).contains("<html lang=\"es\">").contains("id=\"clause-2.2\"");
            assertThat(browser.get("/", "Accept-Language", "en").body()).contains("<html lang=\"es\">");
            for (String style : List.of("/look/entente.css", "/look/kit/tabler.min.css", "/look/parties.css")) {
                assertThat(browser.get(style).headers().firstValue("Content-Type"))
                        .as(style)
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/css"));
            }
            assertThat(browser.get("/look/parties.css").body()).contains(".of-MX { --party: #0b6b3a; }");
        }
    }

    @Test
    void signingOutEndsTheSessionAndABearerTokenOpensNoPage() throws Exception {
        try (Browser browser = new Browser(node.port())) {
            signIn(browser, legal.token().text());
            String form = Browser.formToken(browser.get("/").body());
            assertThat(browser.get("/api/node").statusCode())
                    .as("a session is no token")
                    .isEqualTo(401);
            assertThat(browser.submit("/sign-out", Map.of("_csrf", form)).statusCode())
                    .isEqualTo(302);
            assertThat(browser.get("/").statusCode()).isEqualTo(302);
            assertThat(browser.get(
                                    "/",
                                    "Authorization",
                                    "Bearer " + legal.token().text())
                            .statusCode())
                    .isEqualTo(302);
        }
    }

    private static HttpResponse<String> signIn(Browser browser, String token) throws Exception {
        String form = Browser.formToken(browser.get("/sign-in").body());
        return browser.submit("/sign-in", Map.of("_csrf", form, "token", token));
    }
}
