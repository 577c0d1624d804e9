package cn.cityapis.platform.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each kind of change alone, on a small document of OpenAPI 3.1: what breaks clients, and what does not. */
class BreakingChangesRulesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String POST = "/paths/~1things/post";
    private static final String FORM = "/components/schemas/Form";
    private static final String THING = "/components/schemas/Thing";

    private final JsonNode released = JSON.readTree("""
            {"openapi": "3.1.0",
             "paths": {"/things": {
               "post": {"operationId": "createThing", "x-access": {"scope": "thing.apply", "roles": ["a", "b"]},
                 "parameters": [
                   {"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string", "maxLength": 128}},
                   {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["x", "y"]}}],
                 "requestBody": {"content": {
                   "application/json": {"schema": {"$ref": "#/components/schemas/Form"}},
                   "text/csv": {"schema": {"type": "string"}}}},
                 "responses": {
                   "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                   "202": {"description": "later"}}},
               "get": {"operationId": "listThings", "x-access": {"scope": "thing.read"}, "responses": {}}}},
             "components": {"schemas": {
               "Form": {"type": "object", "required": ["name"], "properties": {
                 "name": {"type": "string", "minLength": 1, "maxLength": 20, "pattern": "[a-z]*"},
                 "count": {"type": "integer", "minimum": 1, "maximum": 9},
                 "state": {"type": "string", "enum": ["on", "off"]},
                 "day": {"type": "string", "format": "date"},
                 "parts": {"type": "array", "maxItems": 5, "items": {"$ref": "#/components/schemas/Part"}},
                 "amount": {"oneOf": [{"$ref": "#/components/schemas/Part"}, {"$ref": "#/components/schemas/Other"}]},
                 "words": {"type": "object", "additionalProperties": {"type": "string"}}}},
               "Part": {"type": "object", "properties": {
                 "size": {"type": "number"}, "inner": {"$ref": "#/components/schemas/Part"}}},
               "Other": {"type": "object", "properties": {"text": {"type": "string"}}},
               "Thing": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["state"],
                 "properties": {"state": {"type": "string", "enum": ["on", "off"]}, "sum": {"type": "integer"},
                   "at": {"type": "string", "format": "date-time"}}}]},
               "Base": {"type": "object", "properties": {"id": {"type": "string", "maxLength": 5}}}}},
             "webhooks": {"thing.made": {"post": {"requestBody": {"content": {"application/cloudevents+json":
               {"schema": {"$ref": "#/components/schemas/Base"}}}}}}},
             "x-problems": [{"code": "thing-full", "status": 409}]}
            """);

    private String breaks(Consumer<JsonNode> change) {
        JsonNode now = released.deepCopy();
        change.accept(now);
        assertThat(now).as("the change changes something").isNotEqualTo(released);
        return String.join("\n", BreakingChanges.between(released, now));
    }

    @Test
    void theSameDocumentBreaksNothing() {
        assertThat(BreakingChanges.between(released, released.deepCopy())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /paths/~1things                              | get             | GET /things: is gone
            /paths/~1things/post/responses               | 202             | POST /things answer 202: is gone
            /paths/~1things/post/requestBody/content     | text/csv        | POST /things body: text/csv is gone
            /paths/~1things/post/responses/201/content   | application/json | POST /things answer 201: application/json is gone
            /paths/~1things/get                          | operationId     | GET /things: operationId is none
            /components/schemas/Form/properties          | state           | POST /things body.state: is gone
            /components/schemas/Part/properties          | size            | POST /things body.parts[].size: is gone
            /components/schemas/Base/properties          | id              | POST /things answer 201.id: is gone
            /components/schemas/Thing/allOf/1/properties | sum             | POST /things answer 201.sum: is gone
            /components/schemas/Thing/allOf/1            | required        | POST /things answer 201.state: is no longer always there
            /components/schemas/Thing/allOf/1/properties/state | enum      | POST /things answer 201.state: may now be any value
            /components/schemas/Thing/allOf/1/properties/at | format       | POST /things answer 201.at: format is none, was date-time
            /components/schemas/Form/properties/words    | additionalProperties | POST /things body.words: is no longer a map
            /webhooks                                    | thing.made      | event thing.made: is gone
            """)
    void whatIsTakenAwayIsMissed(String where, String name, String said) {
        assertThat(breaks(now -> ((ObjectNode) now.at(where)).remove(name))).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /components/schemas/Form                  | required  | ["name","day"]     | POST /things body.day: has become required
            /components/schemas/Form/properties/name  | type      | "integer"          | POST /things body.name: type is [integer], was [string]
            /components/schemas/Form/properties/count | maximum   | 8                  | POST /things body.count: maximum is now 8
            /components/schemas/Form/properties/count | minimum   | 2                  | POST /things body.count: minimum is now 2
            /components/schemas/Form/properties/name  | maxLength | 19                 | POST /things body.name: maxLength is now 19
            /components/schemas/Form/properties/name  | minLength | 2                  | POST /things body.name: minLength is now 2
            /components/schemas/Form/properties/name  | pattern   | "[a-c]*"           | POST /things body.name: pattern is now [a-c]*
            /components/schemas/Form/properties/name  | format    | "uuid"             | POST /things body.name: format is uuid, was none
            /components/schemas/Form/properties/day   | maxLength | 10                 | POST /things body.day: maxLength is now 10
            /components/schemas/Form/properties/parts | maxItems  | 4                  | POST /things body.parts: maxItems is now 4
            /components/schemas/Form/properties/parts | uniqueItems | true             | POST /things body.parts: items must now differ
            /components/schemas/Form/properties/state | enum      | ["on"]             | POST /things body.state: no longer takes [off]
            /components/schemas/Form/properties/day   | enum      | ["2026-01-01"]     | POST /things body.day: no longer takes any value
            /components/schemas/Form/properties/amount | oneOf    | [{"$ref":"#/components/schemas/Part"}] | POST /things body.amount: no longer takes the form #/components/schemas/Other
            /components/schemas/Form/properties/amount | discriminator | {"propertyName":"kind"} | POST /things body.amount: the field that tells the forms apart is another
            /components/schemas/Other/properties/text | type      | "boolean"          | POST /things body.amount.text: type is [boolean], was [string]
            /components/schemas/Part/properties/size  | type      | "integer"          | POST /things body.parts[].size: type is [integer], was [number]
            /components/schemas/Form/properties/words/additionalProperties | type | "integer" | POST /things body.words{}: type is [integer], was [string]
            /components/schemas/Thing/allOf/1/properties/sum   | type | "number"       | POST /things answer 201.sum: type is [number], was [integer]
            /components/schemas/Thing/allOf/1/properties/sum   | type | ["integer","null"] | POST /things answer 201.sum: type is [integer, null], was [integer]
            /components/schemas/Thing/allOf/1/properties/state | enum | ["on","off","odd"] | POST /things answer 201.state: may now be [odd]
            /components/schemas/Base/properties/id    | type      | "integer"          | event thing.made.id: type is [integer], was [string]
            /paths/~1things/post/requestBody          | required  | true               | POST /things body: has become required
            /paths/~1things/post/parameters/1         | required  | true               | POST /things query parameter kind: has become required
            /paths/~1things/post/parameters/1         | name      | "sort"             | POST /things query parameter kind: is gone
            /paths/~1things/post/parameters/0/schema  | maxLength | 64                 | POST /things header parameter Idempotency-Key: maxLength is now 64
            /paths/~1things/post                      | operationId | "makeThing"      | POST /things: operationId is makeThing
            /paths/~1things/post/x-access             | scope     | "thing.decide"     | POST /things: scope is thing.decide
            /paths/~1things/post/x-access             | roles     | ["a"]              | POST /things: no longer for the role b
            /paths/~1things/get/x-access              | roles     | ["a"]              | GET /things: now only for the roles [a]
            /paths/~1things/get/x-access              | citizen   | true               | GET /things: now only for citizens
            /x-problems/0                             | status    | 422                | problem thing-full: status is 422
            /x-problems/0                             | code      | "full"             | problem thing-full: is gone
            """)
    void whatIsNarrowerOrElseIsFelt(String where, String name, String value, String said) {
        assertThat(breaks(now -> ((ObjectNode) now.at(where)).set(name, JSON.readTree(value)))).contains(said);
    }

    @Test
    void aNewRequiredParameterIsFelt() {
        assertThat(breaks(now -> now.at(POST + "/parameters").asArray().addObject().put("name", "If-Match")
                .put("in", "header").put("required", true)))
                .isEqualTo("POST /things header parameter If-Match: has become required");
    }

    @Test
    void aNewFormOfAnAnswerIsFelt() {
        JsonNode old = released.deepCopy();
        ((ObjectNode) old.at(THING)).set("oneOf", JSON.readTree("[{\"$ref\": \"#/components/schemas/Part\"}]"));
        JsonNode now = old.deepCopy();
        now.at(THING + "/oneOf").asArray().addObject().put("$ref", "#/components/schemas/Other");
        assertThat(BreakingChanges.between(old, now))
                .containsExactly("POST /things answer 201: may now have the form #/components/schemas/Other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /paths                                    | /more     | {"get":{"operationId":"more"}}
            /paths/~1things/post/responses            | 200       | {"description":"once more"}
            /components/schemas/Form                  | required  | []
            /components/schemas/Form/properties       | extra     | {"type":"string"}
            /components/schemas/Form/properties/name  | maxLength | 21
            /components/schemas/Form/properties/name  | minLength | 0
            /components/schemas/Form/properties/count | type      | "number"
            /components/schemas/Form/properties/count | maximum   | 10
            /components/schemas/Form/properties/day   | minLength | 0
            /components/schemas/Form/properties/state | enum      | ["on","off","odd"]
            /components/schemas/Thing/allOf/1         | required  | ["state","sum"]
            /components/schemas/Thing/allOf/1/properties | extra  | {"type":"string"}
            /components/schemas/Thing/allOf/1/properties/state | enum | ["on"]
            /components/schemas/Base/properties/id    | maxLength | 50
            /components/schemas/Base/properties/id    | description | "other words"
            /paths/~1things/post/x-access             | roles     | ["a","b","c"]
            /paths/~1things/post/x-access             | roles     | []
            /webhooks                                 | thing.sold | {"post":{}}
            """)
    void whatIsWiderIsNotFelt(String where, String name, String value) {
        assertThat(breaks(now -> ((ObjectNode) now.at(where)).set(name, JSON.readTree(value)))).isEmpty();
    }

    @Test
    void aFieldThatMayBeLeftOutMayBeAdded() {
        assertThat(breaks(now -> ((ObjectNode) now.at(FORM + "/properties")).putObject("extra").put("type", "string")))
                .isEmpty();
        assertThat(breaks(now -> {
            ((ObjectNode) now.at(FORM + "/properties")).putObject("extra").put("type", "string");
            now.at(FORM + "/required").asArray().add("extra");
        })).isEqualTo("POST /things body.extra: has become required");
    }
}
