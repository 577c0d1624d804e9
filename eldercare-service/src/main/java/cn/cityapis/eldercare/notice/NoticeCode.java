package cn.cityapis.eldercare.notice;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** What only the applicant knows of his line in a home's notices. */
@Schema(description = "公示查询码：仅申请人本人可见")
public record NoticeCode(@Schema(description = "机构编号") UUID homeId,
        @Schema(description = "机构名称", example = "演示一院") String homeName,
        @Schema(description = "排队号", example = "128") int queueNumber,
        @Schema(description = "查询码", example = "5F0C9A7BE1D2") String code) {
}
