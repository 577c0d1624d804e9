package cn.cityapis.identity.admin;

import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import cn.cityapis.identity.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What the management interface refuses, or fails at, in the common form. */
@RestControllerAdvice
class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Problems problems;

    Refusals(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void refuse(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (!request.getRequestURI().startsWith("/api/identity/")) {
            throw failure;
        }
        ProblemException refusal = switch (failure) {
            case ProblemException known -> known;
            // Spring takes a media type with a star for a fault of ours
            case IllegalArgumentException type when String.valueOf(request.getContentType()).contains("*") ->
                ProblemException.of(IdentityProblem.UNSUPPORTED_MEDIA_TYPE);
            // parameters are looked at only where the content is said to be a form, which nothing here takes
            case RequestRejectedException form -> ProblemException.of(IdentityProblem.UNSUPPORTED_MEDIA_TYPE);
            case InvalidParameterException form -> ProblemException.of(IdentityProblem.UNSUPPORTED_MEDIA_TYPE);
            case HttpMessageNotReadableException unreadable -> ProblemException.of(IdentityProblem.MALFORMED_JSON);
            case HttpMediaTypeNotSupportedException type ->
                ProblemException.of(IdentityProblem.UNSUPPORTED_MEDIA_TYPE);
            case HttpMediaTypeNotAcceptableException type -> ProblemException.of(IdentityProblem.NOT_ACCEPTABLE);
            case HttpRequestMethodNotSupportedException method ->
                ProblemException.of(IdentityProblem.METHOD_NOT_ALLOWED);
            case NoResourceFoundException nothing -> ProblemException.of(IdentityProblem.NOT_FOUND);
            default -> {
                LOG.error("{} {}", request.getMethod(), request.getRequestURI(), failure);
                yield ProblemException.of(IdentityProblem.INTERNAL);
            }
        };
        problems.write(request, response, refusal);
    }
}
