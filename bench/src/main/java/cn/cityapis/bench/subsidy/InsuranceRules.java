package cn.cityapis.bench.subsidy;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.evaluation.Verdict;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The insurance scheme as subsidy-service ships it, decided in this process. */
final class InsuranceRules {

    private static final String FILE = "/schemes/talent-insurance-rd.yaml";
    private static final String CALENDAR = "/cn-working-calendar.csv";

    private final CompiledScheme scheme;
    private final FactReader reader;

    InsuranceRules() throws IOException {
        try (InputStream document = open(CompiledScheme.class, FILE);
                InputStream calendar = open(WorkingCalendar.class, CALENDAR)) {
            String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            scheme = new CompiledScheme(new SchemeReader().read(text), WorkingCalendar.read(calendar));
        }
        reader = new FactReader(scheme.scheme().facts());
    }

    private static InputStream open(Class<?> owner, String file) {
        return Objects.requireNonNull(owner.getResourceAsStream(file));
    }

    /** As the service reads them: typed and within their ranges. */
    Facts facts(Map<String, ?> told) {
        FactReader.Reading reading = reader.read(told);
        if (!reading.wrong().isEmpty()) {
            throw new IllegalArgumentException(reading.wrong().toString());
        }
        return reading.facts();
    }

    /** The amount, and each condition that fails: what the batch answers. */
    Verdict verdict(Facts facts) {
        return scheme.verdict(facts, SubsidyBenchmark.DAY);
    }

    /** With the whole trace: each condition with what it read, its figures and its article. */
    Outcome decide(Facts facts) {
        return scheme.decide(facts, SubsidyBenchmark.DAY);
    }
}
