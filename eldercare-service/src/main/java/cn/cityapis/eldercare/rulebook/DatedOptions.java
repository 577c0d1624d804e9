package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;

/** Options of a book and the day from which they hold, until others do. */
@Schema(description = "自某日起适用的数值与选项")
record DatedOptions(@Schema(description = "自何日起适用", example = "2023-07-18") LocalDate validFrom, RuleOptions options) {
}
