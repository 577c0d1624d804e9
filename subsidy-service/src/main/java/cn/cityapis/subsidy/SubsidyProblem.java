package cn.cityapis.subsidy;

import cn.cityapis.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of this service. */
public enum SubsidyProblem implements ProblemCode {
    SCHEME_CLOSED(HttpStatus.CONFLICT, "scheme-closed", "该方案不由个人直接申请"),
    APPLICATION_INCOMPLETE(HttpStatus.UNPROCESSABLE_CONTENT, "application-incomplete", "申请材料尚不完整"),
    NOT_ENTITLED(HttpStatus.UNPROCESSABLE_CONTENT, "not-entitled", "按所填事实不符合条件"),
    DUPLICATE_APPLICATION(HttpStatus.CONFLICT, "duplicate-application", "同一人同一方案同一时期已有申请"),
    WRONG_STATE(HttpStatus.CONFLICT, "application-wrong-state", "申请当前的状态不允许此操作"),
    FOUR_EYES(HttpStatus.CONFLICT, "four-eyes", "同一人不能办理两级审核，也不能审核本人的申请"),
    SCHEME_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "scheme-refused", "方案未通过发布检查"),
    BEYOND_RANGE(HttpStatus.UNPROCESSABLE_CONTENT, "amount-beyond-range", "金额超出可登记的范围"),
    PAYMENT_RUN_WRONG_STATE(HttpStatus.CONFLICT, "payment-run-wrong-state", "发放批次当前的状态不允许此操作"),
    BANK_REPLY_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "bank-reply-mismatch", "银行回盘与送出的文件不符"),
    FILE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "file-too-large", "文件过大"),
    FUNDS_SPENT(HttpStatus.CONFLICT, "funds-spent", "这笔预算已被使用，不能冲正"),
    ALREADY_REVERSED(HttpStatus.CONFLICT, "already-reversed", "这张凭证已经冲正"),
    REPAYMENT_BOOKED(HttpStatus.CONFLICT, "repayment-booked", "这笔银行入账已登记过归还"),
    SUPPLEMENT_ASKED(HttpStatus.CONFLICT, "supplement-asked", "本级已要求过一次补正，须一次列出全部内容"),
    APPEAL_CLOSED(HttpStatus.CONFLICT, "appeal-closed", "不能再提出申诉"),
    OBJECTION_FILED(HttpStatus.CONFLICT, "objection-filed", "您已对这条公示提出过异议"),
    FILING_WRONG_STATE(HttpStatus.CONFLICT, "filing-wrong-state", "申报当前的状态不允许此操作"),
    FILING_INCOMPLETE(HttpStatus.UNPROCESSABLE_CONTENT, "filing-incomplete", "申报材料尚不完整"),
    ROUND_ONCE(HttpStatus.CONFLICT, "insurance-round-once", "本年度已经建立"),
    BUDGET_SHORT(HttpStatus.CONFLICT, "budget-short", "预算不足"),
    FILE_TYPE_NOT_ACCEPTED(HttpStatus.UNPROCESSABLE_CONTENT, "file-type-not-accepted", "只接受 PDF、JPEG 或 PNG 文件"),
    TABLE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "table-refused", "申请表有误"),
    BATCH_ERASED(HttpStatus.GONE, "batch-erased", "名单和结论已按保存期限清除"),
    STILL_NEEDED(HttpStatus.CONFLICT, "still-needed", "该申请人的信息仍在使用或保存期限未满，不能删除"),
    SUPPLEMENT_FIXED(HttpStatus.UNPROCESSABLE_CONTENT, "supplement-fixed", "补正不能更换申请人或办理区市"),
    IMPACT_PENDING(HttpStatus.CONFLICT, "impact-pending", "对在库申请的影响尚未算完"),
    LEDGER_LONG(HttpStatus.SERVICE_UNAVAILABLE, "ledger-check-long", "台账分录过多，不能当场核对完");

    private final HttpStatus status;
    private final String code;
    private final String title;

    SubsidyProblem(HttpStatus status, String code, String title) {
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
