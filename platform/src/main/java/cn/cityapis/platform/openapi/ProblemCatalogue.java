package cn.cityapis.platform.openapi;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** All refusals a service can give: its own enums of {@link ProblemCode} and the common ones. */
record ProblemCatalogue(List<Entry> entries) {

    /** @param title Chinese */
    record Entry(String code, int status, String title) {
    }

    /** @param basePackages where the service's classes are */
    static ProblemCatalogue scan(List<String> basePackages) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(ProblemCode.class));
        List<ProblemCode> codes = new ArrayList<>(List.of(CommonProblem.values()));
        basePackages.stream()
                .flatMap(base -> scanner.findCandidateComponents(base).stream())
                .flatMap(found -> constants(String.valueOf(found.getBeanClassName())))
                .forEach(codes::add);
        return new ProblemCatalogue(codes.stream()
                .map(code -> new Entry(code.code(), code.status().value(), code.title()))
                .distinct()
                .sorted(Comparator.comparing(Entry::code))
                .toList());
    }

    private static Stream<ProblemCode> constants(String className) {
        Object[] constants = ClassUtils.resolveClassName(className, null).getEnumConstants();
        return constants == null ? Stream.empty() : Stream.of(constants).map(ProblemCode.class::cast);
    }
}
