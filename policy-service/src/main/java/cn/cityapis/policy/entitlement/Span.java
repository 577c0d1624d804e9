package cn.cityapis.policy.entitlement;

import io.swagger.v3.oas.annotations.media.Schema;

/** Where in the text of an article a fact stands. */
@Schema(description = "在条目内容中的位置，按字符计")
record Span(@Schema(description = "起，从 0 计", example = "12") int start,
        @Schema(description = "止，不含", example = "18") int end) {

    Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("no span: " + start + " to " + end);
        }
    }

    String of(String text) {
        return text.substring(start, end);
    }
}
