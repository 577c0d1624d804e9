package cn.cityapis.policy.document;

import java.time.LocalDate;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a document is asked for, in which form.
 *
 * @param on      a day: what was shown that day, and the status on it
 * @param version a version, whatever the day
 * @param format  a form, before what the Accept header says
 */
record Asked(
        @Parameter(description = "查阅日：给出这一天收录的版本（当天尚未收录的给现行版本），效力也按这一天判断；默认今天", example = "2024-06-30") @Nullable LocalDate on,
        @Parameter(description = "版本号，默认现行版本（官方文本先于摘要，新版先于旧版）", example = "1") @Nullable Integer version,
        @Parameter(description = "形式，优先于 Accept：json、text 纯文本、markdown、akn 即 Akoma Ntoso 3.0 XML", example = "json", schema = @Schema(type = "string", allowableValues = {
                "json", "text", "markdown", "akn"})) @Nullable String format) {
}
