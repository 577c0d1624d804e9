package cn.cityapis.subsidy.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was erased, when and why; nothing in it tells whose it was. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "一次删除的记录")
record Erasure(@Schema(description = "编号") UUID id,
        @Schema(description = "事由：应本人要求、由主管部门决定、保存期限届满") Ground ground,
        @Schema(description = "理由", example = "本人书面申请，已核验身份") String reason,
        @Schema(description = "已删除个人信息的申请") List<UUID> applicationIds,
        @Schema(description = "删除时间") Instant erasedAt,
        @Schema(description = "作出删除的单位；期限届满自动删除的没有", example = "371000") @Nullable String erasedOrg) {

    /** 个人信息保护法第四十七条. */
    enum Ground {
        /** By the person or who speaks for him. */
        REQUESTED,
        /** By the office, as the purpose has been met or fell away. */
        DECIDED,
        /** The period for which it was kept is over. */
        PERIOD_ENDED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Ground of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
