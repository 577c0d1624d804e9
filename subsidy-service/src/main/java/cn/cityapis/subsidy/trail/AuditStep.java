package cn.cityapis.subsidy.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that somebody did with an application, or saw of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AuditStep", description = "一次办理或查看")
record AuditStep(@Schema(description = "记录编号") UUID id, @Schema(description = "时间") OffsetDateTime at,
        @Schema(description = "动作编码", example = "read-personal-data") String action,
        @Schema(description = "动作", example = "查看申请人的完整信息") String actionText,
        @Schema(description = "由谁：本人、经办单位或公众", example = "环翠区") String by,
        @Schema(description = "单位代码", example = "371002") @Nullable String org,
        @Schema(description = "身份", example = "district") @Nullable String roles,
        @Schema(description = "经办人；只供审计") @Nullable String subject,
        @Schema(description = "所用程序；只供审计") @Nullable String clientId,
        @Schema(description = "细节；只供审计") @Nullable Map<String, Object> details) {
}
