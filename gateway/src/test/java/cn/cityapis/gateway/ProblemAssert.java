package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** A refusal in the form that the services' refusals have. */
final class ProblemAssert {

    private ProblemAssert() {
    }

    static void refused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode body = RunningGateway.json(response);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("type", "title", "status", "detail", "instance",
                "code");
        assertThat(body.get("type").asString()).isEqualTo("/docs/errors#" + code);
        assertThat(body.get("status").asInt()).isEqualTo(status);
        assertThat(body.get("code").asString()).isEqualTo(code);
        assertThat(body.get("detail").asString()).matches(".*\\p{IsHan}.*");
        assertThat(body.get("instance").asString()).isEqualTo(response.uri().getPath());
    }
}
