package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.Violations;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CitationView;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Condition;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** A rejection names the conditions that do not hold; each brings its own words and its source. */
@Component
class ReviewReasons {

    private final SchemeCatalogue catalogue;

    ReviewReasons(SchemeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<Review.Reason> of(Application application, Review.Decision decision, List<String> conditions) {
        Violations violations = new Violations();
        if (decision == Review.Decision.REJECT && conditions.isEmpty()) {
            violations.add("/failedConditions", "missing", "不通过须列出不满足的条件");
        }
        if (decision == Review.Decision.PASS && !conditions.isEmpty()) {
            violations.add("/failedConditions", "contradiction", "通过时不能列出不满足的条件");
        }
        Scheme scheme = catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow().scheme();
        List<Review.Reason> reasons = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = scheme.condition(conditions.get(i)).orElse(null);
            if (condition == null) {
                violations.add("/failedConditions/" + i, "unknown", "方案没有编号为 " + conditions.get(i) + " 的条件");
            } else {
                reasons.add(reason(scheme, condition));
            }
        }
        violations.throwIfAny();
        return reasons;
    }

    private static Review.Reason reason(Scheme scheme, Condition condition) {
        Citation citation = condition.citation();
        return new Review.Reason(condition.id(), condition.otherwise(),
                citation == null ? "" : CitationView.of(scheme, citation, false).text());
    }
}
