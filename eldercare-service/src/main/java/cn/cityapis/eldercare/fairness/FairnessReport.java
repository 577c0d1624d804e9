package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBookReference;
import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The proof that no offer skipped somebody who stood before, or everything that speaks against it. */
@Schema(description = "轮候公平性校验：由只增不改的队列事件重演全部队列，逐一核对每份入住通知的候选名单")
public record FairnessReport(@Schema(description = "机构编号") UUID homeId,
        @Schema(description = "所列通知的起始日", example = "2026-11-01") @Nullable LocalDate from,
        @Schema(description = "所列通知的截止日", example = "2026-11-30") @Nullable LocalDate to,
        @Schema(description = "校验时间") Instant checkedAt,
        @Schema(description = "是否证明：期间内每份通知都给了其时排在最前且适合的人，且事件登记完整", example = "true") boolean fair,
        @Schema(description = "重演的事件数（自登记之始）", example = "812") long events,
        @Schema(description = "全部事件的 SHA-256；同一段历史总得同一摘要", example = "9f86d081884c7d65…") String digest,
        @Schema(description = "期间内核对的通知数", example = "37") long offers,
        @Schema(description = "开始登记之前发出、无从重演的通知数", example = "0") long offersBeforeTheLog,
        @Schema(description = "期间内各原因的跳过人次", example = "{\"LEVEL_NOT_TAKEN\":12}") Map<Candidate.Verdict, Long> skips,
        @Schema(description = "期间内的通知，最近的在前（至多 100 份）") List<Proof> latest,
        @Schema(description = "不符之处总数", example = "0") long violationCount,
        @Schema(description = "不符之处（至多 200 项）") List<Violation> violations,
        @Schema(description = "依据") List<Citation> basis, @Schema(description = "所依据的办法") RuleBookReference ruleBook) {

    /** One offer. */
    @Schema(description = "一份通知的核对结果")
    public record Proof(@Schema(description = "入住通知编号") UUID offerId,
            @Schema(description = "事件编号", example = "128") long event, @Schema(description = "通知时间") Instant at,
            @Schema(description = "所通知的排队号", example = "57") int queueNumber,
            @Schema(description = "通道", example = "PRIORITY") Channel channel,
            @Schema(description = "是否公平", example = "true") boolean fair,
            @Schema(description = "跳过的人数", example = "3") int skipped,
            @Schema(description = "跳过的人与原因（至多 50 人；全部见该通知的候选名单）") List<Skip> skips) {
    }

    /** Who was skipped, and why. */
    @Schema(description = "一次跳过")
    public record Skip(@Schema(description = "排队号", example = "12") int queueNumber,
            @Schema(description = "原因", example = "LEVEL_NOT_TAKEN") Candidate.Verdict reason) {
    }
}
