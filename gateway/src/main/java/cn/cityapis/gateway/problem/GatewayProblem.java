package cn.cityapis.gateway.problem;

import org.springframework.http.HttpStatus;

/** What the gateway itself refuses. Where a service knows the same refusal, the code is the same. */
public enum GatewayProblem {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "bad-request", "请求无法识别"), //
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "token-missing", "请先登录"), //
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "token-invalid", "登录凭证无效或已过期"), //
    NOT_FOUND(HttpStatus.NOT_FOUND, "not-found", "没有找到所请求的内容"), //
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "不支持这种请求方法"), //
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "request-timeout", "提交的内容到达得太慢，请检查网络后重试"), //
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "提交的内容过大"), //
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "请求过于频繁，请稍后再试"), //
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "系统出现故障，请稍后再试"), //
    BAD_GATEWAY(HttpStatus.BAD_GATEWAY, "service-broken", "服务中断了应答，请稍后再试"), //
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "服务暂时不可用，请稍后再试"), //
    TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "service-timeout", "服务没有及时应答，请稍后再试");

    private final HttpStatus status;
    private final String code;
    private final String title;

    GatewayProblem(HttpStatus status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }
}
