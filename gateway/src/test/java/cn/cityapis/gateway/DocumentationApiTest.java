package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** What the door itself shows: pages, documents, the catalogue of errors, the state of the services. */
class DocumentationApiTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static @Nullable RunningGateway running;

    @BeforeAll
    static void start() {
        running = RunningGateway.start(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway().close();
    }

    private static RunningGateway gateway() {
        return Objects.requireNonNull(running);
    }

    @Test
    void startPageAndCatalogueAreThere() {
        assertThat(gateway().get("/").body()).contains("城市公共服务接口", "公办养老");
        for (String page : List.of("/policy", "/care-homes", "/entitlements", "/medicine", "/operators",
                "/pages/chart/chart.umd.js",
                "/pages/style.css", "/pages/api.js", "/pages/leaflet/leaflet.js")) {
            assertThat(gateway().get(page).statusCode()).as(page).isEqualTo(200);
        }
        for (String page : List.of("/medicine", "/operators", "/docs", "/docs/token", "/docs/console",
                "/docs/errors")) {
            assertThat(gateway().get(page).body()).as(page).contains("<meta charset=\"utf-8\">", "/pages/shell.js",
                    "id=\"large-type\"").doesNotContain("<!--");
        }
        assertThat(gateway().get("/medicine").body()).contains("四项服务", "/pages/medicine.js");
        assertThat(gateway().get("/docs").body()).contains("开发者门户", "/docs/token", "/docs/console", "/docs/webhooks",
                "/docs/errors");
        assertThat(gateway().get("/docs/console").body()).contains("swagger-ui-bundle.js");
        assertThat(gateway().get("/docs/token").body()).contains("private_key_jwt", "token-exchange");
        assertThat(gateway().get("/docs/webhooks").body()).contains("webhook-signature");
        for (String file : List.of("/docs/swagger-ui/swagger-ui-bundle.js", "/docs/swagger-ui/swagger-ui.css",
                "/docs/swagger-ui/swagger-ui-standalone-preset.js", "/docs/files/catalogue.js",
                "/docs/files/portal.js", "/docs/files/errors.js", "/docs/files/webhook-tester.js",
                "/docs/files/signature.js", "/docs/samples/WalkThrough.java", "/docs/samples/walk-through.js",
                "/docs/files/docs.css")) {
            var response = gateway().get(file);
            assertThat(response.statusCode()).as(file).isEqualTo(200);
            assertThat(response.body()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "eldercare", "subsidy", "pharmacy"})
    void documentsShowTheOutsideAddress(String name) {
        assertThat(gateway().get("/docs/files/catalogue.js").body()).contains("/docs/openapi/" + name);
        var document = RunningGateway.json(gateway().get("/docs/openapi/" + name));
        assertThat(document.at("/info/title").asString()).isEqualTo(name);
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("https://city.test");
        assertThat(document.get("servers").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"/docs/openapi.json, 城市公共服务开放接口, /api/eldercare/v1/homes",
            "/docs/openapi/identity, 身份与令牌, /oauth2/token"})
    void documentsOfTheBuildShowTheOutsideAddress(String path, String title, String operation) {
        var response = gateway().get(path);
        var document = RunningGateway.json(response);
        assertThat(document.at("/info/title").asString()).isEqualTo(title);
        assertThat(document.path("paths").has(operation)).isTrue();
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("https://city.test");
        assertThat(gateway().send(gateway().request(path)
                .header("If-None-Match", response.headers().firstValue("ETag").orElseThrow()).GET()).statusCode())
                .isEqualTo(304);
        assertThat(gateway().get("/docs").body()).contains("/docs/openapi.json");
    }

    /** The README's blocks and the programs' pieces, all of them, with the address from outside. */
    @Test
    void walkThroughShowsWhatIsRunElsewhere() throws IOException {
        String page = HtmlUtils.htmlUnescape(gateway().get("/docs/walk-through").body());
        String readme = Files.readString(Path.of("../README.md"));
        String walkThrough = readme.substring(readme.indexOf("## The walk-through"));
        List<String> blocks = BLOCK.matcher(walkThrough).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(6);
        assertThat(blocks).allSatisfy(block -> assertThat(page).contains(outside(block)));
        for (String program : List.of("WalkThrough.java", "walk-through.js")) {
            String source = Files.readString(Path.of("../clients/examples/walk-through", program));
            List<String> lines = source.substring(source.indexOf("// [1]"), source.indexOf("// [/6]")).lines()
                    .map(line -> outside(line.strip())).filter(line -> !line.startsWith("// [")).toList();
            assertThat(lines).hasSizeGreaterThan(100);
            assertThat(page).contains(lines);
        }
        assertThat(page).contains("https://city.test").doesNotContain("<!--", "// [", "http://localhost:8080\n",
                "city.example.com");
    }

    private static String outside(String text) {
        return text.replace("http://localhost:8080", "https://city.test").replace("https://city.example.com",
                "https://city.test");
    }

    @ParameterizedTest
    @CsvSource({"/docs/token, SHA256withECDSAinP1363Format", "/docs/webhooks, crypto.subtle.verify",
            "/docs/webhooks, MessageDigest.isEqual", "/docs/webhooks/tester, webhook-tester.js"})
    void guidesShowPiecesOfPrograms(String address, String piece) {
        assertThat(gateway().get(address).body()).contains(piece).doesNotContain("<!--");
    }

    @Test
    void errorPageHasTheCodesOfAll() {
        assertThat(gateway().get("/docs/errors").body()).contains("id=\"too-many-requests\"", "id=\"policy-only\"",
                "id=\"pharmacy-only\"");
    }

    @Test
    void howeverManyAskTheServicesAreAskedForTheirDocumentsFewTimes() {
        FakeService policy = gateway().service("policy");
        long before = documents(policy);
        for (int i = 0; i < 40; i++) {
            gateway().get("/docs/errors");
            gateway().get("/docs/openapi/policy");
        }
        assertThat(documents(policy) - before).isLessThan(20);
    }

    private static long documents(FakeService service) {
        return service.seen().stream().filter(seen -> seen.path().equals("/v3/api-docs")).count();
    }

    @Test
    void statusSaysWhichServicesAreUp() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var status = RunningGateway.json(gateway().get("/docs/status"));
            assertThat(status.size()).isEqualTo(4);
            // on a busy machine a service may answer later than the page waits
            status.forEach(one -> assertThat(one.get("up").asBoolean()).isTrue());
        });
    }
}
