package cn.cityapis.subsidy.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that still needs the data. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "仍需要这些信息的一项事由")
record Obstacle(@Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "类别") Kind kind,
        @Schema(description = "说明", example = "仍在发放") String detail,
        @Schema(description = "保存至", example = "2030-01-01") @Nullable LocalDate until) {

    enum Kind {
        APPLICATION_OPEN, APPEAL_OPEN, PAYMENTS_RUN, ORDERS_OPEN, OWES, OBJECTION_OPEN, PERIOD_RUNS, KEPT_UNTIL;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Obstacle of(Round round, Kind kind) {
        return new Obstacle(round.applicationId(), kind, switch (kind) {
            case APPLICATION_OPEN -> "申请目前为“" + round.state().label() + "”，尚未办结";
            case APPEAL_OPEN -> "申诉尚未办结";
            case PAYMENTS_RUN -> "补贴目前为“" + round.state().label() + "”，尚未结束";
            case ORDERS_OPEN -> "有已送银行、尚未办结的发放";
            case OWES -> "有应归还而未还清的款项";
            case OBJECTION_OPEN -> "有尚未处理的异议";
            case PERIOD_RUNS -> "尚有期限未届满";
            case KEPT_UNTIL -> throw new IllegalArgumentException("says until when");
        }, null);
    }

    static Obstacle keptUntil(Round round, LocalDate until, String basis) {
        return new Obstacle(round.applicationId(), Kind.KEPT_UNTIL, "依规定（" + basis + "）保存至 " + until, until);
    }
}
