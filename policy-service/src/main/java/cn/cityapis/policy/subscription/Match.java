package cn.cityapis.policy.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version that a subscription was told of. */
@Schema(description = "订阅命中的一个文件版本")
record Match(@Schema(description = "次序") long sequence, @Schema(description = "文件标识") UUID documentId,
        @Schema(description = "版本号", example = "1") int version,
        @Schema(description = "文号", example = "威政发〔2023〕5号") @Nullable String documentNumber,
        @Schema(description = "标题") String title,
        @Schema(description = "命中的条目，至多二十条") List<MatchedArticle> articles,
        @Schema(description = "命中时间") OffsetDateTime matchedAt) {

    @Schema(description = "命中的条目")
    record MatchedArticle(@Schema(description = "条目编号", example = "2.4.17") String key,
            @Schema(description = "这一版本的条目的固定链接") String permalink) {
    }
}
