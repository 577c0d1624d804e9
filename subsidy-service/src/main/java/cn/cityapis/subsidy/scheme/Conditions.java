package cn.cityapis.subsidy.scheme;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must hold once, when the case is entered, apart from what must hold in each month or year that is paid. Mixing
 * the two is the classic fault: "within three years of graduation" is asked once, "employed full time" each month.
 */
@Schema(name = "SchemeConditions", description = "条件：entry 只在进入时审核一次；periodic 在每期发放前重新审核")
public record Conditions(@Schema(description = "进入时审核一次的条件") List<Condition> entry,
        @Schema(description = "每期发放前重新审核的条件") List<Condition> periodic) {

    public Conditions {
        entry = entry == null ? List.of() : List.copyOf(entry);
        periodic = periodic == null ? List.of() : List.copyOf(periodic);
    }

    public Stream<Condition> all() {
        return Stream.concat(entry.stream(), periodic.stream());
    }
}
