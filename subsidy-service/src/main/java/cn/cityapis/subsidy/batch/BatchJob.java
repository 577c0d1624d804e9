package cn.cityapis.subsidy.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A list that is decided in the background. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "批量测算任务")
record BatchJob(@Schema(description = "任务编号") UUID id, @Schema(description = "状态") State state,
        @Schema(description = "格式") BatchFormat format,
        @Schema(description = "计算日期") LocalDate asOf, @Schema(description = "总行数") long lines,
        @Schema(description = "已测算的行数") long processed, @Schema(description = "有误的行数") long broken,
        @Schema(description = "已完成的份额（百分比）", example = "40") int percent,
        @Schema(description = "创建时间") OffsetDateTime createdAt,
        @Schema(description = "完成时间") @Nullable OffsetDateTime finishedAt,
        @Schema(description = "名单和结论的清除时间；未清除时不出现") @Nullable OffsetDateTime erasedAt) {

    @Schema(description = "receiving 正在接收；running 正在测算；done 已完成")
    enum State {
        @JsonProperty("receiving")
        RECEIVING, @JsonProperty("running")
        RUNNING, @JsonProperty("done")
        DONE;

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
