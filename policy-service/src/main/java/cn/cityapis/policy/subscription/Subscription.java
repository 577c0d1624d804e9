package cn.cityapis.policy.subscription;

import cn.cityapis.policy.search.SavedQuery;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exactly one of profile and query is there.
 *
 * @param clientId the program that subscribed, and is told
 */
@Schema(description = "一个订阅：按画像（profile）或按检索条件（query）")
record Subscription(@Schema(description = "标识") UUID id,
        @Schema(description = "名称", example = "高企奖励") String name,
        @Schema(description = "画像") @Nullable Profile profile,
        @Schema(description = "检索条件") @Nullable SavedQuery query,
        @Schema(description = "创建时间") OffsetDateTime createdAt,
        @JsonIgnore String clientId) {

    /** It cannot be changed, only deleted. */
    static final long VERSION = 1;
}
