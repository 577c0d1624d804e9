package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The work on a body that is wrong throughout does not grow with its elements. */
class BodyValidatorTest {

    private static final int MANY = 300_000;
    private static final AtomicInteger LOOKED_AT = new AtomicInteger();

    @Target({ElementType.TYPE_USE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = GoodValidator.class)
    @interface Good {

        String message() default "不好";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    public static final class GoodValidator implements ConstraintValidator<Good, String> {

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            LOOKED_AT.incrementAndGet();
            return "good".equals(value);
        }
    }

    record Words(@Size(max = 5, message = "最多 5 个") List<@Good String> words) {
    }

    record Part(@Good String word) {
    }

    record Parts(List<@Valid Part> parts) {
    }

    record Named(Map<@Good String, @Good String> words) {
    }

    private final BodyValidator validator = new BodyValidator();

    private Violations check(Object body) {
        LOOKED_AT.set(0);
        Violations wrong = new Violations();
        validator.check(body, wrong);
        return wrong;
    }

    @Test
    void ofEndlesslyManyWrongElementsTheFirstAreNamed() {
        Violations wrong = check(new Words(Collections.nCopies(MANY, "bad")));
        assertThat(wrong.list()).hasSize(Violations.MOST).contains(new Violation("/words", "size", "最多 5 个"));
        assertThat(wrong.count()).startsWith("至少有 100 处");
        assertThat(LOOKED_AT).hasValueLessThan(2 * Violations.MOST);
    }

    @Test
    void notEvenOneByOneInObjectsOrUnderNames() {
        assertThat(check(new Parts(Collections.nCopies(MANY, new Part("bad")))).list()).hasSize(Violations.MOST);
        assertThat(LOOKED_AT).hasValueLessThan(2 * Violations.MOST);
        Map<String, String> names = IntStream.range(0, MANY).boxed()
                .collect(Collectors.toMap(i -> "w" + i, i -> "bad"));
        assertThat(check(new Named(names)).list()).hasSize(Violations.MOST);
        assertThat(LOOKED_AT).hasValueLessThan(4 * Violations.MOST);
    }

    @Test
    void theLastOfALongListIsLookedAtLikeTheFirst() {
        List<Part> parts = Stream
                .concat(Collections.nCopies(4000, new Part("good")).stream(), Stream.of(new Part("bad")))
                .toList();
        for (int again = 0; again < 2; again++) {
            Violations wrong = check(new Parts(parts));
            assertThat(wrong.list()).extracting(Violation::pointer).containsExactly("/parts/4000/word");
            assertThat(wrong.count()).isEqualTo("有 1 处需要更正");
        }
    }

    @Test
    void exactlyAsManyAsAreNamedAreAllOfThem() {
        Violations wrong = check(new Parts(Collections.nCopies(Violations.MOST, new Part("bad"))));
        assertThat(wrong.list()).hasSize(Violations.MOST);
        assertThat(wrong.count()).isEqualTo("有 100 处需要更正");
    }
}
