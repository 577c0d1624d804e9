package cn.cityapis.policy.load;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.SourceKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A load and how far it is. */
@Schema(description = "一次装载：进度与报告")
record Load(@Schema(description = "标识") UUID id,
        @Schema(description = "来源文件名", example = "gazette-2023-04.txt") String source,
        @Schema(description = "内容来源：official 官方文本；digest 摘要", example = "official") SourceKind sourceKind,
        @Schema(description = "状态", example = "done") State state, @Schema(description = "进度") Progress progress,
        @Schema(description = "原文中的疑点，按原样保存，不作修改") List<Warning> warnings,
        @Schema(description = "失败原因（失败时才出现）") @Nullable String failure,
        @Schema(description = "由谁装载", example = "demo-city-officer") String createdBy,
        @Schema(description = "提交的时间") OffsetDateTime createdAt,
        @Schema(description = "结束的时间；未结束时不出现") @Nullable OffsetDateTime finishedAt) {

    enum State {
        @JsonProperty("queued")
        QUEUED, @JsonProperty("running")
        RUNNING, @JsonProperty("done")
        DONE, @JsonProperty("failed")
        FAILED
    }

    @Schema(description = "文件数")
    record Progress(@Schema(description = "目录或正文中发现的", example = "15") int documentsFound,
            @Schema(description = "已解析的", example = "15") int documentsParsed,
            @Schema(description = "新存为一个版本的", example = "15") int documentsStored,
            @Schema(description = "与已有版本相同、无需再存的", example = "0") int documentsUnchanged,
            @Schema(description = "未能存下的，原因见 warnings", example = "0") int documentsRejected) {
    }

    List<String> key() {
        return List.of(createdAt.toString(), id.toString());
    }
}
