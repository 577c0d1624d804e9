package cn.cityapis.trials.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cn.cityapis.platform.pii.ResidentId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {

    private static final int SOME = 20_000;
    private static final Asker ADMIN = new Asker("admin", "t",
            Set.of("eldercare.read", "eldercare.apply", "eldercare.decide", "eldercare.admin", "identity.admin"),
            Set.of("admin"), true);

    private final List<Target> targets = targets();

    private static List<Target> targets() {
        try {
            List<Target> all = new ArrayList<>(Targets.identity());
            for (String service : Targets.SERVICES) {
                all.addAll(Targets.of(service, JsonMapper.shared().readTree(
                        Files.readString(Path.of("../" + service + "-service/openapi.json")))));
            }
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Generator generator(long seed) {
        return new Generator(seed, targets, () -> List.of(ADMIN), new Known(), Canaries.of(seed).sent());
    }

    @Test
    void makesTheSameRequestOfTheSameSeedAndNumber() {
        for (int i = 0; i < SOME; i += 100) {
            assertThat(generator(7).make(i)).hasToString(generator(7).make(i).toString());
        }
        assertThat(generator(8).make(1)).doesNotHaveToString(generator(7).make(1).toString());
    }

    @Test
    void reachesEveryOperationWithRequestsThatCanBeSent() {
        Generator generator = generator(7);
        Set<String> asked = new TreeSet<>();
        IntStream.range(0, SOME).mapToObj(generator::make).forEach(request -> {
            asked.add(request.target().name());
            assertThatCode(() -> URI.create("http://localhost" + request.uri())).doesNotThrowAnyException();
        });
        assertThat(asked).isEqualTo(Targets.names(targets));
    }

    @Test
    void asksForWhatAnswersHaveShown() {
        Known known = new Known();
        known.note("/api/eldercare/v1/applications", JsonMapper.shared().readTree("{\"items\":[{\"id\":\"a1\"}]}"),
                Optional.empty());
        known.note("/api/eldercare/v1/applications/a1", JsonMapper.shared().readTree("{\"homeId\":\"h1\"}"),
                Optional.of("\"3\""));
        var chance = new java.util.SplittableRandom(1);
        assertThat(known.value("eldercare", "applicationId", "applications", chance)).contains("a1");
        assertThat(known.value("eldercare", "homeId", "homes", chance)).contains("h1");
        assertThat(known.version("/api/eldercare/v1/applications/a1/withdrawal")).contains("\"3\"");
    }

    @Test
    void plantsAPersonWhoMightExist() {
        assertThat(ResidentId.parse(Canaries.of(7).of("idNumber"))).isPresent();
        assertThat(ResidentId.parse(Canaries.of(7).sent().getFirst())).isPresent();
    }
}
