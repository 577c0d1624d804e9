package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.http.HttpMethod;

/** Requests that no handler can take: unknown ids, other methods, other media types. */
final class DoorTrials {

    private final Trial trial;
    private final Set<HttpMethod> methods;

    /** @param methods all that the path of the operation has */
    DoorTrials(Trial trial, Set<HttpMethod> methods) {
        this.trial = trial;
        this.methods = methods;
    }

    Stream<DynamicTest> tests() {
        Stream<DynamicTest> always = Stream.of(
                DynamicTest.dynamicTest("a method the path does not have", this::wrongMethod),
                DynamicTest.dynamicTest("an answer in a format there is not", this::notAcceptable));
        return trial.operation().in("path").isEmpty()
                ? always
                : Stream.concat(always, Stream.of(DynamicTest.dynamicTest("an id that nobody has", this::unknown)));
    }

    private void unknown() {
        ApiAnswer answer = trial.send(trial.call()).refused(trial.codes(), 404);
        assertThat(answer.code()).endsWith("not-found");
    }

    private void wrongMethod() {
        Stream.of(HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.PUT).filter(method -> !methods.contains(method))
                .forEach(method -> trial.refused(trial.call().method(method), 405, "method-not-allowed"));
    }

    /** What changes something is refused before it does; what is read may be looked for first. */
    private void notAcceptable() {
        for (String format : List.of("application/x-nothing", "nonsense")) {
            ApiCall call = trial.call().header("Accept", format);
            if (trial.operation().method() == HttpMethod.GET) {
                trial.send(call).refused(trial.codes(), 404, 406);
            } else {
                trial.refused(call, 406, "not-acceptable");
            }
        }
    }
}
