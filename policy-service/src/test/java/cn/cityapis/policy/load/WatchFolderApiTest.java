package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"policy.digest=false", "policy.folder-poll=PT0.1S"})
class WatchFolderApiTest {

    private static final Path FOLDER = folder();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void watched(DynamicPropertyRegistry registry) {
        registry.add("policy.gazette-dir", FOLDER::toString);
        write("first.txt", text("海夹发〔2034〕1号"));
    }

    @Test
    void loadsEachContentOnceAndReportsWhatItCannot() throws IOException {
        await("first.txt", "done");
        write("second.txt", text("海夹发〔2034〕2号"));
        write("copy-of-first.txt", text("海夹发〔2034〕1号"));
        write("half.txt.part", text("海夹发〔2034〕3号"));
        Files.write(FOLDER.resolve("picture.bin"), new byte[]{0, 1, 2, 3});
        try (RandomAccessFile huge = new RandomAccessFile(FOLDER.resolve("huge.txt").toFile(), "rw")) {
            huge.setLength(Source.LARGEST + 1L);
        }
        await("second.txt", "done");
        assertThat(await("picture.bin", "failed").get("failure").asString()).contains("DOCX、PDF");
        assertThat(await("huge.txt", "failed").get("failure").asString()).contains("50 MB");
        pause(Duration.ofMillis(500));
        assertThat(loads().stream().map(load -> load.get("source").asString()).toList())
                .containsExactlyInAnyOrder("first.txt", "second.txt", "picture.bin", "huge.txt");
    }

    private JsonNode await(String source, String state) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end) {
            for (JsonNode load : loads()) {
                if (load.get("source").asString().equals(source) && load.get("state").asString().equals(state)) {
                    return load;
                }
            }
            pause(Duration.ofMillis(100));
        }
        throw new AssertionError(source + " is not " + state + " in time");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JsonNode> loads() {
        return StreamSupport
                .stream(new Policy(port).getAsAdmin("/api/policy/v1/loads").get("items").spliterator(), false)
                .toList();
    }

    private static String text(String number) {
        return "海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 灯亮着。\n海岚市民政局\n2034年5月1日\n";
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(FOLDER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("gazette-folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
