package cn.cityapis.platform.problem;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the body ({@code /applicant/idNumber}), or {@code ?name} for a query parameter
 * @param code stable, kebab-case
 * @param detail Chinese, fit to be shown to a citizen
 */
@Schema(description = "请求中的一处问题")
public record Violation(
        @Schema(description = "问题所在：请求体中的 JSON Pointer（RFC 6901），查询参数为 ?名称，请求头为其名称", example = "/applicant/idNumber") String pointer,
        @Schema(description = "问题的稳定代码，程序据此区分", example = "required") String code,
        @Schema(description = "可直接展示给用户的说明", example = "请填写身份证号码") String detail) {
}
