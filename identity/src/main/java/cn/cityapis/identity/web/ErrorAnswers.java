package cn.cityapis.identity.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the container itself refuses, e.g. a form that is too large or cannot be read, in the form of all refusals. */
@RestController
class ErrorAnswers implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Map<String, String>> answer(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(Map.of("error", status < 500 ? "invalid_request" : "server_error", "error_description",
                        switch (status) {
                            case 404 -> "没有找到所请求的内容";
                            case 405 -> "不支持这种请求方法";
                            case 413 -> "提交的内容过大";
                            default -> status < 500 ? "请求无法识别" : "系统出现故障，请稍后再试";
                        }));
    }
}
