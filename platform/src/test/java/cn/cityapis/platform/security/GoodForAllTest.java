package cn.cityapis.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;

/** Only what is declared to be everybody's says so, and only where it cannot depend on who asks. */
@ServiceTest(classes = SampleApplication.class)
class GoodForAllTest {

    private static final String THINGS = "/api/sample/v1/things";

    @LocalServerPort
    int port;

    static class Readings {

        @Access(scope = "sample.read", goodForAllSeconds = 1)
        public String plain(String name) {
            return name;
        }

        @Access(scope = "sample.read", goodForAllSeconds = 1)
        public String taking(Caller caller) {
            return caller.subject();
        }

        @Access(scope = "sample.read", roles = "city", goodForAllSeconds = 1)
        public String ofRoles() {
            return "";
        }

        @Access(scope = "sample.read", citizen = true, goodForAllSeconds = 1)
        public String ofCitizens() {
            return "";
        }

        @Access(scope = "sample.read", goodForAllSeconds = -1)
        public String never() {
            return "";
        }

        @Access(scope = "sample.read")
        public String undeclared(Caller caller) {
            return caller.subject();
        }
    }

    private WebTestClient.ResponseSpec get(String path, String... scopes) {
        return Apis.client(port, Tokens.citizen("c1").scopes(scopes).token()).get().uri(path).exchange();
    }

    @Test
    void theAnswerSaysForHowLong() {
        get(THINGS + "/colours", "sample.read").expectStatus().isOk().expectHeader()
                .valueEquals("Cache-Control", "max-age=7, public").expectHeader().doesNotExist("Pragma").expectHeader()
                .doesNotExist("Expires");
    }

    @Test
    void aRefusalDoesNot() {
        get(THINGS + "/colours", "sample.apply").expectStatus().isForbidden().expectHeader()
                .valueMatches("Cache-Control", ".*no-store.*");
        get(THINGS + "/colours?most=11", "sample.read").expectStatus().isBadRequest().expectHeader()
                .valueMatches("Cache-Control", ".*no-store.*");
    }

    @Test
    void nothingElseMayBeKept() {
        get(THINGS, "sample.read").expectStatus().isOk().expectHeader()
                .valueMatches("Cache-Control", ".*no-store.*");
    }

    @Test
    void whatMayDependOnWhoAsksIsNotEverybodys() {
        RequestMappingInfo reading = RequestMappingInfo.paths("/x").methods(RequestMethod.GET).build();
        RequestMappingInfo writing = RequestMappingInfo.paths("/x").methods(RequestMethod.POST).build();
        RequestMappingInfo any = RequestMappingInfo.paths("/x").build();
        List<String> wrong = Arrays.stream(Readings.class.getDeclaredMethods()).filter(method -> !method.isSynthetic())
                .filter(method -> GoodForAll.isWronglySaid(reading, new HandlerMethod(new Readings(), method)))
                .map(method -> method.getName()).toList();
        assertThat(wrong).containsExactlyInAnyOrder("taking", "ofRoles", "ofCitizens", "never");
        HandlerMethod plain = new HandlerMethod(new Readings(),
                Arrays.stream(Readings.class.getDeclaredMethods()).filter(method -> method.getName().equals("plain"))
                        .findFirst().orElseThrow());
        assertThat(GoodForAll.isWronglySaid(writing, plain)).isTrue();
        assertThat(GoodForAll.isWronglySaid(any, plain)).isTrue();
    }
}
