package cn.cityapis.platform.problem;

import org.springframework.http.HttpStatus;

/** Refusals that any service can give. */
public enum CommonProblem implements ProblemCode {
    VALIDATION_FAILED(HttpStatus.BAD_REQUEST, "validation-failed", "提交的内容有误"),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "malformed-json", "请求内容不是合法的 JSON"),
    BODY_MISSING(HttpStatus.BAD_REQUEST, "body-missing", "缺少请求内容"),
    INVALID_CURSOR(HttpStatus.BAD_REQUEST, "invalid-cursor", "翻页标记无效"),
    IDEMPOTENCY_KEY_MISSING(HttpStatus.BAD_REQUEST, "idempotency-key-missing", "缺少 Idempotency-Key 请求头"),
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "token-missing", "请先登录"),
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "token-invalid", "登录凭证无效或已过期"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "forbidden", "没有权限进行此操作"),
    REAL_NAME_REQUIRED(HttpStatus.FORBIDDEN, "real-name-required", "请先完成实名认证"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "not-found", "没有找到所请求的内容"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "不支持这种请求方法"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "无法提供所要求的格式"),
    CONFLICT(HttpStatus.CONFLICT, "conflict", "与现有数据冲突"),
    IDEMPOTENCY_IN_PROGRESS(HttpStatus.CONFLICT, "idempotency-in-progress", "相同的请求正在处理，请稍后重试"),
    STALE(HttpStatus.PRECONDITION_FAILED, "stale", "内容已被更新，请刷新后重试"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "提交的内容过大"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "不支持这种内容格式"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", "Idempotency-Key 已用于另一请求"),
    IF_MATCH_MISSING(HttpStatus.PRECONDITION_REQUIRED, "if-match-missing", "缺少 If-Match 请求头"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "请求过于频繁，请稍后再试"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "系统出现故障，请稍后再试"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "服务繁忙，请稍后再试");

    private final HttpStatus status;
    private final String code;
    private final String title;

    CommonProblem(HttpStatus status, String code, String title) {
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
