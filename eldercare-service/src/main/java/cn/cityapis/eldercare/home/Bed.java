package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.waitlist.Needs;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One bed. Emergency beds are kept apart (第二十五条). */
@Schema(description = "床位")
public record Bed(@Schema(description = "编号") UUID id, @Schema(description = "机构编号") UUID homeId, BedType type,
        @Schema(description = "床位号", example = "2-203-A") String label,
        @Schema(description = "房间性别要求", example = "FEMALE") Needs.@Nullable Sex sex,
        @Schema(description = "应急床位", example = "false") boolean emergency,
        @Schema(description = "状态", example = "FREE") State state,
        @Schema(description = "版本", example = "1") long version) {

    public enum State {
        FREE("空床"), OFFERED("已通知入住"), RESERVED("已预留"), OCCUPIED("有人入住"), OUT_OF_SERVICE("停用");

        private final String title;

        State(String title) {
            this.title = title;
        }

        /** For people, in Chinese. */
        public String title() {
            return title;
        }
    }
}
