package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The derived channel; nobody types it in. */
@Schema(description = "轮候通道（由系统推导）")
public record ChannelDecision(@Schema(description = "通道", example = "SPECIAL") Channel channel,
        @Schema(description = "评估前暂定", example = "false") boolean provisional,
        @Schema(description = "理由", example = "低保家庭且能力中度及以上受损") String reason,
        @Schema(description = "依据") List<Citation> basis) {

    /** In the articles of the book that it is judged by. */
    ChannelDecision in(RuleBook book) {
        return new ChannelDecision(channel, provisional, reason, book.cite(basis));
    }
}
