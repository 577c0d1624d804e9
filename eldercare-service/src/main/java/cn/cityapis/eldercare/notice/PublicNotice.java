package cn.cityapis.eldercare.notice;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One month's notice of one home's queue; its digest covers its own lines and the digest of the notice before it. */
@Schema(description = "一家机构一个月的轮候公示（发布后不再改变）")
public record PublicNotice(@Schema(description = "机构编号") UUID homeId,
        @Schema(description = "月份", example = "2026-11") String month,
        @Schema(description = "发布时间", example = "2026-11-01T00:05:00+08:00") Instant publishedAt,
        @Schema(description = "人数", example = "37") int lineCount,
        @Schema(description = "上一期公示的摘要；首期没有") @Nullable String previousDigest,
        @Schema(description = "本期 CSV 文件的 SHA-256 摘要", example = "9f2c6e…") String digest) {
}
