package cn.cityapis.eldercare.offer;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/** 第二十四条: an agency told the applicant to move in, besides the home. The earlier recorded notice sets the period. */
@Schema(description = "评估机构的入住通知（第二十四条）；办理期限以先登记的通知为准，不一致时注明")
public record AgencyNotice(@Schema(description = "评估机构", example = "demo-agency-1") String agencyOrg,
        @Schema(description = "方式", example = "PHONE") Medium medium,
        @Schema(description = "通知时间", example = "2026-11-26T10:00:00+08:00") Instant toldAt,
        @Schema(description = "登记时间", example = "2026-11-26T10:05:00+08:00") Instant recordedAt,
        @Schema(description = "若自该通知起算的最后一日", example = "2026-12-03") LocalDate lastDay,
        @Schema(description = "与办理入住的最后一日是否不一致", example = "true") boolean conflict) {

    public enum Medium {
        PHONE, TEXT_MESSAGE
    }
}
