package cn.cityapis.eldercare.application;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A paper of an application: an uploaded file, or what a register confirmed. The file lies outside the rows. */
@Schema(description = "申请材料")
public record Material(@Schema(description = "编号") UUID id,
        @Schema(description = "类别", example = "TOWN_PROOF") MaterialKind kind,
        @Schema(description = "来源", example = "UPLOAD") Source source,
        @Schema(description = "登记系统名称") @Nullable String register,
        @Schema(description = "文件类型", example = "application/pdf") @Nullable String mediaType,
        @Schema(description = "字节数", example = "10240") @Nullable Long sizeBytes,
        @Schema(description = "文件摘要 SHA-256") @Nullable String sha256,
        @Schema(description = "提供时间") Instant providedAt,
        @Schema(description = "是否演示数据", example = "false") boolean demo) {

    public enum Source {
        UPLOAD, REGISTER
    }
}
