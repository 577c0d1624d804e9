package cn.cityapis.subsidy.scheme;

import cn.cityapis.subsidy.expression.ValueType;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A subsidy scheme: one immutable version of a document that anyone can read. */
@Schema(description = "补贴方案（某一版本，发布后不再改变）")
public record Scheme(@Schema(description = "方案编号", example = "talent-living-allowance") String id,
        @Schema(description = "版本", example = "1") @JsonProperty(required = true) int version,
        @Schema(description = "名称", example = "人才生活津贴") String title,
        @Schema(description = "适用对象概述") String summary,
        @Schema(description = "申领主体，缺省为个人") List<ApplicantKind> applicants,
        @Schema(description = "施行日") LocalDate inForceFrom,
        @Schema(description = "失效日（含），未定则空") @Nullable LocalDate inForceUntil,
        @Schema(description = "经办部门") String office, @Schema(description = "来源") List<Source> sources,
        @Schema(description = "批次") Cohorts cohorts, @Schema(description = "所需事实") List<Fact> facts,
        @Schema(description = "法定数值") List<Figure> figures, @Schema(description = "法规未明确之处所取的选项") List<Figure> options,
        @Schema(description = "条件") Conditions conditions, @Schema(description = "金额") Amount amount,
        @Schema(description = "资金分担") Funding funding, @Schema(description = "办理程序") Process process,
        @Schema(description = "不得重复享受的其他方案编号") List<String> excludes,
        @Schema(description = "示例") List<Example> examples) {

    /** The variable that holds the date a case is looked at. */
    public static final String AS_OF = "asOf";
    /** The option that lets what is granted once, or for so many months, be had again when these are over. */
    public static final String HAD_AGAIN = "hadAgain";

    public Scheme {
        applicants = applicants == null || applicants.isEmpty()
                ? List.of(ApplicantKind.PERSON)
                : List.copyOf(applicants);
        sources = sources == null ? List.of() : List.copyOf(sources);
        facts = facts == null ? List.of() : List.copyOf(facts);
        figures = figures == null ? List.of() : List.copyOf(figures);
        options = options == null ? List.of() : List.copyOf(options);
        excludes = excludes == null ? List.of() : List.copyOf(excludes);
        examples = examples == null ? List.of() : List.copyOf(examples);
    }

    public boolean isInForceOn(LocalDate date) {
        return !date.isBefore(inForceFrom) && (inForceUntil == null || !date.isAfter(inForceUntil));
    }

    public Stream<Figure> figuresAndOptions() {
        return Stream.concat(figures.stream(), options.stream());
    }

    public Optional<Figure> figure(String name) {
        return figuresAndOptions().filter(figure -> figure.id().equals(name)).findFirst();
    }

    public Optional<Fact> fact(String name) {
        return facts.stream().filter(fact -> fact.id().equals(name)).findFirst();
    }

    public Optional<Source> source(String name) {
        return sources.stream().filter(source -> source.id().equals(name)).findFirst();
    }

    public Optional<Condition> condition(String name) {
        return conditions.all().filter(condition -> condition.id().equals(name)).findFirst();
    }

    /** What its expressions may mention. */
    @JsonIgnore
    public Map<String, ValueType> variables() {
        Map<String, ValueType> variables = new HashMap<>();
        facts.forEach(fact -> variables.put(fact.id(), fact.type()));
        figuresAndOptions().forEach(figure -> variables.put(figure.id(), figure.unit().type()));
        variables.put(AS_OF, ValueType.DATE);
        return variables;
    }
}
