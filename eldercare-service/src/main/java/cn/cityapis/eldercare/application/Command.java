package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an application. */
public sealed interface Command {

    /** 第十三条. */
    sealed interface OfReview extends Command {
    }

    /** 第十五条至第十八条. */
    sealed interface OfAssessment extends Command {
    }

    /** 第二十条至第二十二条, 第二十四条. */
    sealed interface OfOffer extends Command {
    }

    /** 第十四条, 第二十六条, and death: whatever the state. */
    sealed interface OfPerson extends Command {
    }

    /** 第二十三条. */
    sealed interface OfResidence extends Command {
    }

    record Submit(List<Missing> missing, Instant at, Deadline reviewBy) implements OfReview {
    }

    record Qualify(Instant at) implements OfReview {
    }

    record Reject(Instant at) implements OfReview {
    }

    /** Also moves an appointment to another date. */
    record BookAssessment(UUID appointmentId, LocalDate on, Deadline resultBy) implements OfAssessment {
    }

    record MissAssessment(Instant at) implements OfAssessment {
    }

    /** Not assessed as demanded, for instance because he declines it (第二十四条（一）). */
    record DeclineAssessment(Instant at) implements OfAssessment {
    }

    record RecordAssessment(Instant at, Deadline objectionBy) implements OfAssessment {
    }

    record ObjectToResult(String agencyOrg, Instant at, Deadline recheckBy) implements OfAssessment {
    }

    record WithdrawObjection(Instant at) implements OfAssessment {
    }

    /** To another agency, as the one he chose is late or may not assess any more. */
    record ChangeAgency(String agencyOrg, Deadline recheckBy) implements OfAssessment {
    }

    record RecordRecheck(Instant at) implements OfAssessment {
    }

    record MakeOffer(UUID offerId, UUID homeId, Deadline moveInBy) implements OfOffer {
    }

    record AcceptOffer(UUID offerId) implements OfOffer {
    }

    /** @param otherPlaces whether he still stands in another home's queue */
    record RefuseOffer(UUID offerId, boolean otherPlaces, Instant at) implements OfOffer {
    }

    record LapseOffer(UUID offerId, boolean otherPlaces, Instant at) implements OfOffer {
    }

    /** Taken back without the applicant's doing, as the bed no longer fits him or is no longer there. */
    record CancelOffer(UUID offerId) implements OfOffer {
    }

    record CheckPapers(UUID offerId) implements OfOffer {
    }

    record Admit(UUID offerId, UUID bedId, LocalDate on) implements OfOffer {
    }

    record ChangeCircumstances() implements OfPerson {
    }

    record Withdraw(Instant at) implements OfPerson {
    }

    /** Begun, and not handed in complete within the period that the operator has set. */
    record Expire(Instant at) implements OfPerson {
    }

    record Disqualify(Instant at) implements OfPerson {
    }

    record RecordDeath(@Nullable LocalDate on, Instant at) implements OfPerson {
    }

    record Reassess() implements OfResidence {
    }

    record NoteIllness() implements OfResidence {
    }

    /** To another bed, here or elsewhere. */
    record MoveResident(UUID homeId, UUID bedId) implements OfResidence {
    }

    /** The names that a refusal offers instead. */
    enum Name {
        SUBMIT("提交申请"),
        QUALIFY("审核通过"),
        REJECT("审核不通过"),
        BOOK_ASSESSMENT("约定评估"),
        MISS_ASSESSMENT("登记未到评估"),
        DECLINE_ASSESSMENT("登记拒绝评估"),
        RECORD_ASSESSMENT("登记评估结果"),
        OBJECT_TO_RESULT("对评估结果提出异议"),
        WITHDRAW_OBJECTION("撤回异议"),
        CHANGE_AGENCY("更换复核机构"),
        RECORD_RECHECK("登记复核结果"),
        MAKE_OFFER("通知入住"),
        ACCEPT_OFFER("接受入住通知"),
        REFUSE_OFFER("拒绝入住"),
        LAPSE_OFFER("入住通知逾期"),
        CANCEL_OFFER("撤销入住通知"),
        CHECK_PAPERS("核验材料"),
        ADMIT("办理入住"),
        CHANGE_CIRCUMSTANCES("变更情况"),
        WITHDRAW("撤回申请"),
        EXPIRE("逾期终止申请"),
        DISQUALIFY("取消资格"),
        RECORD_DEATH("登记去世"),
        REASSESS("重新评估"),
        NOTE_ILLNESS("登记疑似疾病"),
        MOVE_RESIDENT("调整床位");

        private final String title;

        Name(String title) {
            this.title = title;
        }

        /** For people, in Chinese. */
        public String title() {
            return title;
        }
    }

    default Name name() {
        return switch (this) {
            case Submit c -> Name.SUBMIT;
            case Qualify c -> Name.QUALIFY;
            case Reject c -> Name.REJECT;
            case BookAssessment c -> Name.BOOK_ASSESSMENT;
            case MissAssessment c -> Name.MISS_ASSESSMENT;
            case DeclineAssessment c -> Name.DECLINE_ASSESSMENT;
            case RecordAssessment c -> Name.RECORD_ASSESSMENT;
            case ObjectToResult c -> Name.OBJECT_TO_RESULT;
            case WithdrawObjection c -> Name.WITHDRAW_OBJECTION;
            case ChangeAgency c -> Name.CHANGE_AGENCY;
            case RecordRecheck c -> Name.RECORD_RECHECK;
            case MakeOffer c -> Name.MAKE_OFFER;
            case AcceptOffer c -> Name.ACCEPT_OFFER;
            case RefuseOffer c -> Name.REFUSE_OFFER;
            case LapseOffer c -> Name.LAPSE_OFFER;
            case CancelOffer c -> Name.CANCEL_OFFER;
            case CheckPapers c -> Name.CHECK_PAPERS;
            case Admit c -> Name.ADMIT;
            case ChangeCircumstances c -> Name.CHANGE_CIRCUMSTANCES;
            case Withdraw c -> Name.WITHDRAW;
            case Expire c -> Name.EXPIRE;
            case Disqualify c -> Name.DISQUALIFY;
            case RecordDeath c -> Name.RECORD_DEATH;
            case Reassess c -> Name.REASSESS;
            case NoteIllness c -> Name.NOTE_ILLNESS;
            case MoveResident c -> Name.MOVE_RESIDENT;
        };
    }
}
