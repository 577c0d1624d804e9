package cn.cityapis.platform.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Texts and examples of a small document with everything in order, and with one thing wrong. */
class DocumentRulesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode good = JSON.readTree("""
            {"openapi": "3.1.0", "info": {"title": "示例", "description": "示例服务"},
             "paths": {"/a": {"post": {"summary": "新建", "description": "金额以分为单位",
               "parameters": [{"name": "q", "description": "检索词", "schema": {"type": "string"}, "example": "药"}],
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"},
                 "example": {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "day": "2026-11-22", "b": {"n": 1}}}}},
               "responses": {"200": {"description": "成功", "content": {"application/json": {
                 "schema": {"$ref": "#/components/schemas/B"}, "examples": {"一": {"value": {"n": 1}}}}}}}}}},
             "webhooks": {"a.made": {"post": {"summary": "已新建"}}},
             "components": {"schemas": {
               "A": {"description": "甲", "type": "object", "required": ["id"], "properties": {
                 "id": {"type": "string", "format": "uuid", "description": "编号"},
                 "day": {"type": "string", "format": "date", "description": "日期"},
                 "b": {"$ref": "#/components/schemas/B"}}},
               "B": {"description": "乙", "type": "object", "properties": {
                 "n": {"type": "integer", "maximum": 9, "description": "数量", "example": 3}}}}}}
            """);

    private List<String> after(String where, String name, String value,
            Function<JsonNode, List<String>> rules) {
        JsonNode document = good.deepCopy();
        ((ObjectNode) document.at(where)).set(name, JSON.readTree(value));
        return rules.apply(document);
    }

    @Test
    void whatIsInOrderIsNotNamed() {
        assertThat(ChineseTexts.missing(good)).isEmpty();
        assertThat(ValidExamples.wrong(good)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /info                               | description | ""      | info: description
            /paths/~1a/post                     | summary     | "create" | post /a: summary
            /paths/~1a/post                     | description | ""      | post /a: description
            /paths/~1a/post                     | description | "新建"   | post /a: the description repeats the summary
            /paths/~1a/post/parameters/0        | description | ""      | post /a parameter q: description
            /paths/~1a/post/responses/200       | description | "OK"    | post /a answer 200: description
            /webhooks/a.made/post               | summary     | "made"  | webhook a.made: summary
            /components/schemas/A               | description | ""      | schema A: description
            /components/schemas/A/properties/id | description | "id"    | schema A.id: description
            /components/schemas/A/properties    | list        | {"description":"列","items":{"properties":{"x":{}}}} | schema A.list[].x: description
            """)
    void aMissingTextIsNamed(String where, String name, String value, String said) {
        assertThat(after(where, name, value, ChineseTexts::missing)).containsExactly(said);
    }

    @Test
    void aFieldThatNamesASchemaWithoutATextHasNone() {
        assertThat(after("/components/schemas/B", "description", "\"\"", ChineseTexts::missing))
                .containsExactly("schema A.b: description", "schema B: description");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /paths/~1a/post/parameters/0                                | example | 7                        | post /a parameter q:
            /paths/~1a/post/requestBody/content/application~1json       | example | {"day":"2026-11-22"}     | post /a body:
            /paths/~1a/post/requestBody/content/application~1json/example | day   | "22.11.2026"             | post /a body: /day
            /paths/~1a/post/requestBody/content/application~1json/example | id    | "one"                    | post /a body: /id
            /paths/~1a/post/requestBody/content/application~1json/example/b | n   | "1"                      | post /a body: /b/n
            /paths/~1a/post/responses/200/content/application~1json     | examples | {}                      | post /a answer 200: no example
            /paths/~1a/post/responses/200/content/application~1json/examples/一/value | n | 10             | post /a answer 200 example 一: /n
            /components/schemas/B/properties/n                          | example | 10                       | schema B.n:
            """)
    void aWrongExampleIsNamed(String where, String name, String value, String said) {
        assertThat(after(where, name, value, ValidExamples::wrong)).hasSize(1).first().asString().startsWith(said);
    }
}
