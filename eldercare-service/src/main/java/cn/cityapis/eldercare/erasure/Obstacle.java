package cn.cityapis.eldercare.erasure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that still needs the data. */
@Schema(description = "仍需要这些信息的一项事由")
record Obstacle(@Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "类别") Kind kind,
        @Schema(description = "说明", example = "仍在机构入住") String detail,
        @Schema(description = "保存至", example = "2030-01-01") @Nullable LocalDate until) {

    enum Kind {
        APPLICATION_OPEN, LIVES_IN_A_BED, CHANGE_UNDECIDED, PERIOD_RUNS, KEPT_UNTIL
    }

    static Obstacle of(Round round, Kind kind) {
        return new Obstacle(round.applicationId(), kind, switch (kind) {
            case APPLICATION_OPEN -> "申请目前为“" + round.state().title() + "”，尚未办结";
            case LIVES_IN_A_BED -> "仍在机构入住";
            case CHANGE_UNDECIDED -> "报告的情况变化尚未处理";
            case PERIOD_RUNS -> "尚有期限未届满";
            case KEPT_UNTIL -> throw new IllegalArgumentException("says until when");
        }, null);
    }

    static Obstacle keptUntil(Round round, LocalDate until, String basis) {
        return new Obstacle(round.applicationId(), Kind.KEPT_UNTIL, "依规定（" + basis + "）保存至 " + until, until);
    }
}
