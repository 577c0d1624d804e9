package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The rule book that an answer rests on, with the act that extended it, if any. */
@Schema(description = "本答复所依据的办法；extendedBy 不为空表示办法本身已到期、依运营方决定延续适用")
public record RuleBookReference(@Schema(description = "文号", example = "威民发〔2023〕17号") String number,
        @Schema(description = "名称", example = "威海市公办养老机构入住评估轮候办法（试行）") String title,
        @Schema(description = "施行日期", example = "2023-07-18") LocalDate inForceFrom,
        @Schema(description = "有效期至", example = "2024-12-31") LocalDate inForceTo,
        @Schema(description = "当日效力", example = "EXTENDED") RuleBook.Status status,
        @Schema(description = "延长决定") @Nullable Extension extendedBy,
        @Schema(description = "自该日起由新办法接替；此前提交的申请仍依本办法办理", example = "2027-07-01") @Nullable LocalDate replacedFrom,
        @Schema(description = "文件链接（政策服务，已按 URL 编码）", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7") String link) {
}
