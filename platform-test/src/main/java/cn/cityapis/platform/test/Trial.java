package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/** One operation of a running service, called by somebody who may. */
record Trial(ApiOperation operation, int port, String token, Set<String> codes) {

    /** A call that is right but for ids that nobody has. */
    ApiCall call() {
        return ApiCall.of(operation);
    }

    ApiAnswer send(ApiCall call) {
        return call.send(port, token);
    }

    ApiAnswer refused(ApiCall call, int status, String code) {
        ApiAnswer answer = send(call).refused(codes, status);
        assertThat(answer.code()).as("code of %s", answer).isEqualTo(code);
        return answer;
    }

    /** 400 {@code validation-failed}, naming these places and no other. */
    void invalid(ApiCall call, Set<String> pointers) {
        ApiAnswer answer = refused(call, 400, "validation-failed");
        assertThat(answer.pointers()).as("places named in %s", answer).isEqualTo(pointers);
    }
}
