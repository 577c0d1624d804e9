package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBookReference;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.ExpectedWait;
import cn.cityapis.eldercare.waitlist.Position;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application as shown: personal data masked, every decision with its articles. */
@Schema(description = "入住申请（个人信息已遮蔽）")
public record ApplicationView(@Schema(description = "编号") UUID id,
        @Schema(description = "状态", example = "WAITING") ApplicationState.Name state,
        @Schema(description = "当前可进行的操作", example = "[\"WITHDRAW\"]") List<Command.Name> possible,
        @Schema(description = "申请人（遮蔽）") Masked applicant, @Schema(description = "轮候通道") ChannelDecision channel,
        @Schema(description = "能力等级（评估后）", example = "MODERATE") @Nullable String level,
        @Schema(description = "评估费用承担") AssessmentFee assessmentFee,
        @Schema(description = "全部缺项，一次告知") List<Missing> missing,
        @Schema(description = "期限") List<DeadlineView> deadlines,
        @Schema(description = "在各机构的排队") List<EntryView> entries,
        @Schema(description = "入住通知编号") @Nullable UUID offerId,
        @Schema(description = "已提供的材料") List<Material> materials,
        @Schema(description = "决定记录") List<Decision> decisions,
        @Schema(description = "受理时间", example = "2026-11-21T10:00:00+08:00") @Nullable Instant submittedAt,
        @Schema(description = "创建时间", example = "2026-11-21T09:30:00+08:00") Instant createdAt,
        @Schema(description = "所依据的办法") RuleBookReference ruleBook) {

    @Schema(description = "遮蔽后的申请人信息")
    public record Masked(@Schema(description = "姓名", example = "张*") String name,
            @Schema(description = "身份号码", example = "37****************") @Nullable String idNumber,
            @Schema(description = "电话", example = "138****0001") @Nullable String phone) {
    }

    @Schema(description = "期限；provisional 表示跨入尚未公布放假安排的年度，届时重算。HAND_IN（提交齐全的申请）的天数由市民政部门设定，办法未写明，自最近一次填写、上传或提交起算")
    public record DeadlineView(@Schema(description = "事项", example = "REVIEW") DeadlineKind kind,
            @Schema(description = "最后一日", example = "2026-11-27") LocalDate lastDay,
            @Schema(description = "是否暂定", example = "false") boolean provisional,
            @Schema(description = "进展", example = "RUNNING") Status status,
            @Schema(description = "提醒时间") @Nullable Instant warnedAt,
            @Schema(description = "依据") Citation basis) {

        /** CLOSED: the right ran out unused, or the duty fell away. */
        public enum Status {
            RUNNING, OVERDUE, MET, MET_LATE, MISSED, CLOSED
        }

        static DeadlineView of(Deadlines.Running running, RuleBook book) {
            return new DeadlineView(running.kind(), running.by().lastDay(), running.by().provisional(),
                    status(running), running.warnedAt(), book.cite(running.kind().article()));
        }

        private static Status status(Deadlines.Running running) {
            boolean missed = running.missedAt() != null;
            if (running.metAt() != null) {
                return missed ? Status.MET_LATE : Status.MET;
            }
            if (running.closedAt() != null) {
                return missed ? Status.MISSED : Status.CLOSED;
            }
            return missed ? Status.OVERDUE : Status.RUNNING;
        }
    }

    @Schema(description = "在一家机构的排队")
    public record EntryView(@Schema(description = "机构编号") UUID homeId,
            @Schema(description = "机构名称") String homeName,
            @Schema(description = "排队号", example = "128") int queueNumber,
            @Schema(description = "阶段", example = "WAITING") Entry.Phase phase,
            @Schema(description = "位次；结束后不再显示") @Nullable Position position,
            @Schema(description = "预计等待") @Nullable ExpectedWait expectedWait,
            @Schema(description = "结束原因", example = "ADMITTED") @Nullable String endReason) {
    }
}
