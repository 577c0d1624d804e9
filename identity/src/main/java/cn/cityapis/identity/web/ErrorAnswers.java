package cn.cityapis.identity.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the container itself refuses, e.g. a form that is too large or cannot be read, in the form of all refusals. */
@RestController
class ErrorAnswers implements ErrorController {

    private static final String SOON = "1";

    @RequestMapping("/error")
    ResponseEntity<Map<String, String>> answer(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable error && isAway(error)) {
            return ResponseEntity.status(503)
                    .header(HttpHeaders.RETRY_AFTER, SOON)
                    .cacheControl(CacheControl.noStore())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("error", "temporarily_unavailable", "error_description", "服务繁忙，请稍后再试"));
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                // whatever is accepted: a refusal says why
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", status < 500 ? "invalid_request" : "server_error", "error_description",
                        switch (status) {
                            case 404 -> "没有找到所请求的内容";
                            case 405 -> "不支持这种请求方法";
                            case 413 -> "提交的内容过大";
                            default -> status < 500 ? "请求无法识别" : "系统出现故障，请稍后再试";
                        }));
    }

    /** Whether the database could not be reached or broke off: asked again, it may answer. */
    private static boolean isAway(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .anyMatch(each -> each instanceof SQLTransientException
                        || each instanceof SQLException sql && isOfConnection(sql.getSQLState()));
    }

    /** Classes 08 (connection), 53 (resources) and 57 (ended by an administrator) of PostgreSQL. */
    private static boolean isOfConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
    }
}
