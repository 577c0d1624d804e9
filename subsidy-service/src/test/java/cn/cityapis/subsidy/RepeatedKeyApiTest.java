package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Each decision, sent twice with one key, and with the key on something else. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-bad-input"})
class RepeatedKeyApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private Clock clock;

    private static Api.Answer twice(Api by, String path, @Nullable String body, Api.Answer seen,
            @Nullable String otherBody) {
        String key = UUID.randomUUID().toString();
        Api.Answer first = by.send(HttpMethod.POST, path, body, seen.etag(), key).is(200);
        assertThat(first.replayed()).isFalse();
        Api.Answer again = by.send(HttpMethod.POST, path, body, seen.etag(), key);
        assertThat(again).isEqualTo(new Api.Answer(200, first.body(), first.etag(), true));
        if (otherBody != null) {
            by.send(HttpMethod.POST, path, otherBody, seen.etag(), key).is(422, "idempotency-key-reused");
        }
        return first;
    }

    private static String leaving(LocalDate from) {
        return "{\"from\": \"" + from + "\", \"facts\": {\"engagement\": \"none\"}}";
    }

    @Test
    void eachStepOfAnApplication() {
        Api citizen = Api.as(port, People.citizen("repeating-citizen"));
        Api district = Api.as(port, People.district("371002"));
        Api.Answer draft = citizen.post("/applications", Api.newApplication(People.idNumber("19940502", 902))).is(201);
        String path = "/applications/" + draft.text("/id");
        Api.Answer submitted = twice(citizen, path + "/submissions", null, draft, null);
        Api.Answer first = twice(district, path + "/reviews", "{\"decision\": \"pass\"}", submitted,
                "{\"decision\": \"pass\", \"comment\": \"另一意见\"}");
        Api.Answer second = twice(Api.as(port, People.city()), path + "/reviews", "{\"decision\": \"pass\"}", first,
                "{\"decision\": \"pass\", \"comment\": \"另一意见\"}");
        assertThat(second.body().at("/reviews").size()).isEqualTo(2);
        twice(district, path + "/fact-changes", leaving(LocalDate.now(clock).plusDays(20)), second,
                leaving(LocalDate.now(clock).plusDays(21)));
    }
}
