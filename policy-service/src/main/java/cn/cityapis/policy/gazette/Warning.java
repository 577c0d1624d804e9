package cn.cityapis.policy.gazette;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Something odd in the source that was kept as it is. Shown in the report of the load, never silently resolved.
 *
 * @param line   in the input, from 1; 0 where no single line is meant
 * @param detail in Chinese, for the operator
 */
@Schema(description = "原文中的一处疑点")
public record Warning(@Schema(description = "疑点的种类", example = "not-in-contents") String code,
        @Schema(description = "所在的行，从 1 起；0 表示不在某一行", example = "120") int line,
        @Schema(description = "说明", example = "目录中没有这份文件") String detail) {
}
