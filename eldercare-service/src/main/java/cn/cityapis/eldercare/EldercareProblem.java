package cn.cityapis.eldercare;

import cn.cityapis.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of this service. */
public enum EldercareProblem implements ProblemCode {
    /** 第三十条. */
    RULE_BOOK_EXPIRED(HttpStatus.CONFLICT, "rule-book-expired", "轮候办法已失效，暂不受理新的申请"),

    /** The answer names what would be possible. */
    NOT_POSSIBLE_NOW(HttpStatus.CONFLICT, "not-possible-now", "当前状态下不能进行此操作"),

    /** One running application per person. */
    DUPLICATE_APPLICATION(HttpStatus.CONFLICT, "duplicate-application", "该老年人已有正在办理的申请"),

    /** 第二十条. */
    BED_NOT_FREE(HttpStatus.CONFLICT, "bed-not-free", "该床位当前不是空床"),

    /** 第二十条. */
    NOBODY_FITS(HttpStatus.CONFLICT, "nobody-fits", "轮候队列中暂无适合该床位的申请人"),

    /** One live offer per bed and per applicant. */
    OFFER_OPEN(HttpStatus.CONFLICT, "offer-open", "该床位或该申请人已有尚未办结的入住通知"),

    /** 第二十一条. */
    PAPERS_INCOMPLETE(HttpStatus.CONFLICT, "papers-incomplete", "入住材料原件不齐全"),

    /** 第十二条. */
    REGISTER_UNCONFIRMED(HttpStatus.CONFLICT, "register-unconfirmed", "主管部门登记系统未能确认，请上传证明材料"),

    /** By its content, not its name. */
    FILE_TYPE_NOT_ACCEPTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "file-type-not-accepted", "只接受 PDF、JPEG、PNG 文件"),

    /** Beyond 5 MiB. */
    FILE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "file-too-large", "文件过大"),

    /** 第十六条. */
    OTHERS_FIRST(HttpStatus.CONFLICT, "others-first", "尚有次序在前的申请人未通知评估"),

    /** 第十六条. */
    DATE_REACHED(HttpStatus.CONFLICT, "date-reached", "已到约定日期"),

    /** 第十六条. */
    DATE_NOT_OVER(HttpStatus.CONFLICT, "date-not-over", "约定日期尚未过去"),

    /** 第十八条. */
    DEADLINE_PASSED(HttpStatus.CONFLICT, "deadline-passed", "期限已过"),

    /** One type of each kind per home. */
    BED_TYPE_EXISTS(HttpStatus.CONFLICT, "bed-type-exists", "本机构已有这种床位类型"),

    /** One bed of each label per home. */
    BED_LABEL_TAKEN(HttpStatus.CONFLICT, "bed-label-taken", "床位号已被使用"),

    /** 第二十五条. */
    NOT_AN_EMERGENCY_BED(HttpStatus.CONFLICT, "not-an-emergency-bed", "该床位不是应急床位"),

    /** One running stay per bed and per applicant. */
    ALREADY_PLACED(HttpStatus.CONFLICT, "already-placed", "该床位或该申请人已有正在进行的入住"),

    /** 第二十二条. */
    FEE_ABOVE_PUBLISHED(HttpStatus.CONFLICT, "fee-above-published", "约定费用高于公示标准"),

    /** For good. */
    HOME_CLOSED(HttpStatus.CONFLICT, "home-closed", "该机构已停止运营"),

    /** 第二十三条. */
    LEVEL_NOT_TAKEN(HttpStatus.CONFLICT, "level-not-taken", "该床位不接收这一能力等级"),

    /** The room is for the other sex. */
    SEX_DOES_NOT_FIT(HttpStatus.CONFLICT, "sex-does-not-fit", "该床位所在房间只住另一性别的老年人"),

    /** 第十二条. */
    PROOF_MISSING(HttpStatus.CONFLICT, "proof-missing", "证明材料不齐全"),

    /** 第二十二条. */
    FEE_CHANGE_ANNOUNCED(HttpStatus.CONFLICT, "fee-change-announced", "该项目当日的收费变更已公示"),

    /** The answer names everything that still needs the data. */
    FOUR_EYES(HttpStatus.CONFLICT, "four-eyes", "须由另一人办理"),
    STILL_NEEDED(HttpStatus.CONFLICT, "still-needed", "该申请人的信息仍在使用或保存期限未满，不能删除");

    private final HttpStatus status;
    private final String code;
    private final String title;

    EldercareProblem(HttpStatus status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
