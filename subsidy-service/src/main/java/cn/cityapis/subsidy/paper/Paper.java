package cn.cityapis.subsidy.paper;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a paper without opening it.
 *
 * @param supersededAt when its owner has replaced it after it was handed in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ApplicationPaper", description = "一份电子材料")
public record Paper(@Schema(description = "材料编号") UUID id,
        @Schema(description = "类别", example = "material-1") String kind,
        @Schema(description = "文件类型（按内容识别）", example = "application/pdf") String mediaType,
        @Schema(description = "字节数", example = "48213") int sizeBytes,
        @Schema(description = "内容的 SHA-256（十六进制）", example = "0f3d2c1b0a09f8e7d6c5b4a39281706f5e4d3c2b1a0918f7e6d5c4b3a2918070") String sha256,
        @Schema(description = "上传时间") OffsetDateTime uploadedAt,
        @Schema(description = "被替换的时间") @Nullable OffsetDateTime supersededAt) {
}
