package cn.cityapis.identity.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Refusals of the management interface, in the form that the services' refusals have (RFC 9457). */
@Component
public class Problems {

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ProblemException refusal)
            throws IOException {
        IdentityProblem problem = refusal.problem();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "/docs/errors#" + problem.code());
        body.put("title", problem.title());
        body.put("status", problem.status().value());
        body.put("detail", refusal.detail());
        body.put("instance", request.getRequestURI());
        body.put("code", problem.code());
        if (!refusal.errors().isEmpty()) {
            body.put("errors", refusal.errors());
        }
        response.setStatus(problem.status().value());
        if (problem == IdentityProblem.TOKEN_MISSING || problem == IdentityProblem.TOKEN_INVALID) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
                    problem == IdentityProblem.TOKEN_MISSING ? "Bearer" : "Bearer error=\"invalid_token\"");
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write(json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }
}
