package cn.cityapis.eldercare.application;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** 第十六条: the date agreed for an assessment. */
@Schema(description = "评估预约（第十六条）")
public record Appointment(@Schema(description = "编号") UUID id,
        @Schema(description = "评估机构", example = "demo-agency-1") String agency,
        @Schema(description = "约定日期", example = "2026-11-30") LocalDate on,
        @Schema(description = "地点", example = "环翠区演示路 2 号一楼评估室") String place,
        @Schema(description = "由谁约定", example = "AGENCY") BookedBy bookedBy,
        @Schema(description = "通知时尚未通知而次序在前的人数", example = "0") long passedOver,
        @Schema(description = "提前通知的理由") @Nullable String outOfTurnReason,
        @Schema(description = "现状", example = "BOOKED") State state,
        @Schema(description = "预约时间") Instant bookedAt) {

    public enum BookedBy {
        AGENCY, APPLICANT
    }

    /** MOVED: another date was agreed; CANCELLED: the round ended otherwise. */
    public enum State {
        BOOKED, MOVED, KEPT, MISSED, CANCELLED
    }
}
