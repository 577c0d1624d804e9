package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.ConstraintCodes;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.validator.HibernateValidator;
import org.jspecify.annotations.Nullable;

/** Bean Validation of request bodies, with Chinese messages and JSON pointers. */
final class BodyValidator {

    private final Validator validator = limited();

    private static Validator limited() {
        var configuration = Validation.byProvider(HibernateValidator.class)
                .configure()
                .defaultLocale(Locale.SIMPLIFIED_CHINESE);
        configuration.messageInterpolator(
                new FaultLimit.Counting(configuration.getDefaultMessageInterpolator()));
        FaultLimit.extractors().forEach(configuration::addValueExtractor);
        return configuration.buildValidatorFactory().getValidator();
    }

    /** Adds what is broken in the body, unless its value is already known to be wrong. */
    void check(@Nullable Object body, Violations wrong) {
        if (body == null) {
            return;
        }
        Set<String> known = wrong.list().stream().map(Violation::pointer).collect(Collectors.toSet());
        FaultLimit.within(() -> validator.validate(body))
                .stream()
                .map(BodyValidator::describe)
                .filter(violation -> !known.contains(violation.pointer()))
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::code))
                .forEach(violation -> wrong.add(violation.pointer(), violation.code(), violation.detail()));
    }

    private static Violation describe(ConstraintViolation<Object> broken) {
        String constraint = broken.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
        return new Violation(pointer(broken.getPropertyPath()), ConstraintCodes.of(constraint),
                broken.getMessage());
    }

    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(node.getKey());
            }
            if (node.getName() != null && !node.getName().startsWith("<")) {
                pointer.append('/').append(node.getName());
            }
        }
        return pointer.toString();
    }
}
