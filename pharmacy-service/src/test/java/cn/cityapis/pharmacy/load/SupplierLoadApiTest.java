package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-loading"})
class SupplierLoadApiTest {

    @LocalServerPort
    int port;

    private Api city;

    @BeforeEach
    void signIn() {
        city = Api.as(port, Who.CITY);
    }

    private Answer preview(String text) {
        return city.upload("/catalogue-imports?kind=suppliers", "text/csv", text);
    }

    private int taken(Answer previewed) {
        Answer applied = city.post(
                "/catalogue-imports/" + previewed.body().path("importId").asString() + "/application",
                Map.of("takeQuestioned", false), previewed.tag());
        assertThat(applied.status()).as("%s", applied).isEqualTo(200);
        return applied.body().path("taken").asInt();
    }

    private List<JsonNode> named(String account) {
        return city.get("/suppliers").body().path("items").valueStream()
                .filter(one -> one.path("org").asString().equals(account)).toList();
    }

    /** What docs/examples shows can be loaded as it stands, loaded again without any effect, and corrected. */
    @Test
    void theExampleIsTakenAsItStands() throws IOException {
        String file = Files.readString(Path.of("../docs/examples/suppliers.csv"));
        Answer previewed = preview(file);
        assertThat(previewed.body().path("fresh").asInt()).as("%s", previewed).isEqualTo(2);
        assertThat(named("example-supplier-1")).isEmpty();
        assertThat(taken(previewed)).isEqualTo(2);
        JsonNode known = named("example-supplier-1").getFirst();
        assertThat(known.path("demo").asBoolean()).isFalse();
        assertThat(preview(file).body().path("unchanged").asInt()).isEqualTo(2);
        Answer renamed = preview("account,name\nexample-supplier-1,新名称\n");
        assertThat(renamed.body().path("corrections").asInt()).isEqualTo(1);
        assertThat(taken(renamed)).isEqualTo(1);
        assertThat(named("example-supplier-1")).hasSize(1).first().satisfies(one -> {
            assertThat(one.path("name").asString()).isEqualTo("新名称");
            assertThat(one.path("supplierId")).isEqualTo(known.path("supplierId"));
        });
    }

    @Test
    void eachBadLineIsNamedAndTheOthersAreTaken() {
        Answer previewed = preview("account,name\nbad account,甲\ngood-1,\ngood-2,乙\ngood-2,丙\n");
        assertThat(previewed.body().path("bad").asInt()).as("%s", previewed).isEqualTo(3);
        JsonNode lines = city
                .get("/catalogue-imports/" + previewed.body().path("importId").asString() + "/lines?verdict=bad").body()
                .path("items");
        assertThat(lines.valueStream().map(line -> line.at("/problems/0/column").asString() + " "
                + line.at("/problems/0/code").asString()))
                .containsExactly("account wrong-type", "name missing", " duplicate");
        assertThat(taken(previewed)).isEqualTo(1);
        assertThat(named("good-2").getFirst().path("name").asString()).isEqualTo("乙");
    }
}
