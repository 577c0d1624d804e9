package cn.cityapis.platform.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** The body of every refusal (RFC 9457, {@code application/problem+json}). */
@Schema(description = "错误说明（RFC 9457）。detail 可直接展示给用户；errors 一次列出全部问题。")
public record Problem(@Schema(description = "错误类型的说明页", example = "/docs/errors#validation-failed") String type,
        @Schema(description = "错误名称", example = "提交的内容有误") String title,
        @Schema(description = "HTTP 状态码", example = "400") int status,
        @Schema(description = "可直接展示给用户的说明", example = "有 1 处需要更正") String detail,
        @Schema(description = "出错的请求路径", example = "/api/policy/v1/documents") String instance,
        @Schema(description = "稳定的错误代码", example = "validation-failed") String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "全部问题") List<Violation> errors,
        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

    public static Problem of(ProblemCode code, String detail, String instance) {
        return of(code, detail, instance, List.of(), Map.of());
    }

    public static Problem of(ProblemCode code, String detail, String instance, List<Violation> errors,
            Map<String, Object> members) {
        return new Problem("/docs/errors#" + code.code(), code.title(), code.status().value(), detail, instance,
                code.code(), errors, members);
    }
}
