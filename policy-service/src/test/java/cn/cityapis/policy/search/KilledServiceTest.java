package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.PolicyApplication;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, killed (SIGKILL) twice in the middle of a load. */
class KilledServiceTest {

    private static final int DOCUMENTS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path data;
    private final TestDatabase live = TestDatabase.create();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private int port;

    @AfterEach
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void losesAndDoublesNothing() throws Exception {
        start();
        load();
        int first = killAt(30);
        start();
        int second = killAt(first + 100);
        assertThat(second).isLessThan(DOCUMENTS);
        start();
        await("SELECT stored + unchanged FROM load WHERE state = 'done'", DOCUMENTS);
        assertThat(number("SELECT stored FROM load")).isEqualTo(DOCUMENTS);
        assertThat(number("SELECT count(*)::int FROM version WHERE version = 1")).isEqualTo(DOCUMENTS);
        assertThat(number("SELECT count(*)::int FROM version")).isEqualTo(DOCUMENTS);
        awaitIndexed("海杀发〔2033〕" + DOCUMENTS + "号");
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(indexed()).containsExactlyInAnyOrderElementsOf(stored());
    }

    private void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-cp", classes,
                        PolicyApplication.class.getName(), "--server.port=" + port, "--DATA_DIR=" + data,
                        "--policy.digest=false",
                        "--spring.profiles.active=development", "--OIDC_ISSUER=" + TestIssuer.ISSUER,
                        "--OIDC_JWKS_URI=" + TestIssuer.shared().jwksUri()));
        live.environment().forEach((name, value) -> command.add("--" + name + "=" + value));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(data.resolve("service.log").toFile()).start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (status("/actuator/health/readiness") != 200) {
            assertThat(process.isAlive() && System.nanoTime() < end).as("the service starts").isTrue();
            Thread.sleep(100);
        }
    }

    private void load() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= DOCUMENTS; i++) {
            text.append("海岚市民政局\n关于试验第").append(i).append("号的通知\n海杀发〔2033〕").append(i)
                    .append("号\n各区民政局：\n第一条 灯塔每晚亮").append(i).append("盏灯。\n第二条 早晨熄灯。\n海岚市民政局\n2033年5月1日\n");
        }
        HttpResponse<String> queued = http.send(request("/api/policy/v1/loads").header("Content-Type", "text/plain")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(text.toString())).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(202);
    }

    /** @return how many documents had been stored when the process had ended */
    private int killAt(int documents) throws Exception {
        await("SELECT stored FROM load", documents);
        process.destroyForcibly().waitFor();
        execute("UPDATE load SET claimed_until = now() - interval '1 second' WHERE state = 'running'");
        int stored = number("SELECT stored FROM load");
        assertThat(stored).isBetween(documents, DOCUMENTS - 1);
        assertThat(number("SELECT count(*)::int FROM version")).isEqualTo(stored);
        return stored;
    }

    private void await(String query, int least) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (number(query) < least) {
            assertThat(System.nanoTime()).as(query).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private void awaitIndexed(String number) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String query = "/api/policy/v1/documents?q=" + java.net.URLEncoder.encode(number, "UTF-8");
        while (!http.send(request(query).build(), HttpResponse.BodyHandlers.ofString()).body().contains(number)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private List<String> indexed() throws IOException {
        List<String> articles = new ArrayList<>();
        Path latest = IndexFolder.generations(data.resolve("index")).getFirst();
        try (FSDirectory directory = FSDirectory.open(latest);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            Bits alive = MultiBits.getLiveDocs(reader);
            for (int i = 0; i < reader.maxDoc(); i++) {
                if (alive == null || alive.get(i)) {
                    Document article = reader.storedFields().document(i);
                    articles.add(article.get("number") + "#" + article.get("key"));
                }
            }
        }
        return articles;
    }

    private List<String> stored() throws SQLException {
        List<String> articles = new ArrayList<>();
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(
                        "SELECT v.number || '#' || a.key FROM article a JOIN version v ON v.id = a.version_id")) {
            while (rows.next()) {
                articles.add(rows.getString(1));
            }
        }
        return articles;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + Tokens.operator("test-officer", "371000", "admin")
                        .scopes("policy.read", "policy.admin").audience("policy").token());
    }

    private int status(String path) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private int number(String query) throws SQLException {
        try (Connection connection = connect(); ResultSet row = connection.createStatement().executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(live.jdbcUrl(), live.user(), live.password());
    }
}
