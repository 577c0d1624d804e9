package cn.cityapis.policy;

import cn.cityapis.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Every refusal that only this service knows. */
public enum PolicyProblem implements ProblemCode {
    DOCUMENT_NOT_FOUND(HttpStatus.NOT_FOUND, "document-not-found", "没有找到这份文件"),
    DOCUMENT_NOT_HELD(HttpStatus.NOT_FOUND, "document-not-held", "这份文件只见于引用，正文未收录"),
    ARTICLE_NOT_FOUND(HttpStatus.NOT_FOUND, "article-not-found", "这份文件中没有这一条"),
    VERSION_NOT_FOUND(HttpStatus.NOT_FOUND, "version-not-found", "这份文件没有这个版本"),
    LOAD_NOT_FOUND(HttpStatus.NOT_FOUND, "load-not-found", "没有找到这次装载"),
    LOAD_NOT_REPEATABLE(HttpStatus.CONFLICT, "load-not-repeatable", "这次装载不能重做"),
    TEXT_EMPTY(HttpStatus.BAD_REQUEST, "text-empty", "装载的内容为空"),
    TEXT_NOT_READABLE(HttpStatus.BAD_REQUEST, "text-not-readable", "装载的内容不是可读的文本"),
    FILE_ENCRYPTED(HttpStatus.BAD_REQUEST, "file-encrypted", "文件设有密码"),
    FILE_WITHOUT_TEXT(HttpStatus.BAD_REQUEST, "file-without-text", "文件中没有文字层"),
    FILE_EXPANDS_TOO_FAR(HttpStatus.BAD_REQUEST, "file-expands-too-far", "文件解压后过大"),
    FILE_BROKEN(HttpStatus.BAD_REQUEST, "file-broken", "文件已损坏"),
    BULK_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "bulk-busy", "同时进行的下载过多，请稍后再试"),
    INDEX_BUILDING(HttpStatus.SERVICE_UNAVAILABLE, "index-building", "检索正在准备，请稍后再试"),
    SEARCH_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "search-unavailable", "检索暂时不可用，请稍后再试"),
    SUBSCRIPTION_NOT_FOUND(HttpStatus.NOT_FOUND, "subscription-not-found", "没有找到这个订阅"),
    SUBSCRIPTIONS_FULL(HttpStatus.CONFLICT, "subscriptions-full", "订阅数已达上限"),
    DECISION_NOT_FOUND(HttpStatus.NOT_FOUND, "decision-not-found", "没有找到这项核定"),
    ALREADY_DECIDED(HttpStatus.CONFLICT, "already-decided", "已有同样的核定"),
    DECISION_REVOKED(HttpStatus.CONFLICT, "decision-revoked", "这项核定已经撤销"),
    RELATION_NOT_FOUND(HttpStatus.NOT_FOUND, "relation-not-found", "没有找到这个关系");

    private final HttpStatus status;
    private final String code;
    private final String title;

    PolicyProblem(HttpStatus status, String code, String title) {
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
