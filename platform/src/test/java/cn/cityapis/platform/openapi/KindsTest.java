package cn.cityapis.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As swagger-core describes a sealed type of two kinds, and what becomes of it. */
class KindsTest {

    private final OpenAPI api = new OpenAPI(SpecVersion.V31);

    @BeforeEach
    void twoKinds() {
        Schema<?> common = schema().description("形状").addProperty("kind", schema()).required(List.of("kind"));
        common.setDiscriminator(new Discriminator().propertyName("kind").mapping("round", ref("Circle"))
                .mapping("flat", ref("Line")));
        Schema<?> line = schema().description("线").addAllOfItem(schema().$ref("Shape"));
        Schema<?> circle = schema().description("圆").addAllOfItem(schema().$ref("Shape"))
                .addAllOfItem(schema().addProperty("radius", schema()).required(List.of("radius")));
        Schema<?> drawing = schema().addProperty("shape",
                schema().addOneOfItem(schema().$ref("Circle")).addOneOfItem(schema().$ref("Line")));
        api.setComponents(new Components().addSchemas("Shape", common).addSchemas("Circle", circle)
                .addSchemas("Line", line).addSchemas("Drawing", drawing));
        new Kinds().customise(api);
    }

    private static Schema<Object> schema() {
        return new Schema<>(SpecVersion.V31);
    }

    private static String ref(String name) {
        return "#/components/schemas/" + name;
    }

    private Map<?, ?> of(String name) {
        return Json31.mapper().convertValue(api.getComponents().getSchemas().get(name), Map.class);
    }

    @Test
    void theirCommonNameListsThem() {
        assertThat(of("Shape").get("oneOf"))
                .isEqualTo(List.of(Map.of("$ref", ref("Circle")), Map.of("$ref", ref("Line"))));
        assertThat(of("Shape").containsKey("properties")).isFalse();
        assertThat(of("Shape").containsKey("required")).isFalse();
    }

    @Test
    void eachHasTheFieldWithItsOwnValueAndWhatItAdds() {
        assertThat(of("Circle").get("properties")).isEqualTo(Map.of("kind",
                Map.of("type", "string", "description", "种类：圆", "enum", List.of("round")), "radius", Map.of()));
        assertThat(of("Circle").get("required")).isEqualTo(List.of("kind", "radius"));
        assertThat(of("Circle").containsKey("allOf")).isFalse();
        assertThat(of("Line").get("required")).isEqualTo(List.of("kind"));
    }

    @Test
    void whoListsThemAgainNamesThem() {
        assertThat(of("Drawing").get("properties")).isEqualTo(Map.of("shape", Map.of("$ref", ref("Shape"))));
    }
}
