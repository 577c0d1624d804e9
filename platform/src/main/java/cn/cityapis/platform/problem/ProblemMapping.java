package cn.cityapis.platform.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.r2dbc.UncategorizedR2dbcException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerErrorException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Which refusal an exception means. Pure; anything not known is an internal error that tells nothing. */
final class ProblemMapping {

    private ProblemMapping() {
    }

    static ProblemException of(Throwable error) {
        return switch (error) {
            case ProblemException known -> known;
            case WebExchangeBindException binding -> binding(binding);
            case MissingRequestValueException missing ->
                invalid("?" + missing.getName(), "missing", "缺少参数 " + missing.getName());
            case HandlerMethodValidationException arguments -> arguments(arguments);
            case ServerWebInputException input -> input(input);
            case MethodNotAllowedException method -> ProblemException.of(CommonProblem.METHOD_NOT_ALLOWED);
            case NotAcceptableStatusException accept -> ProblemException.of(CommonProblem.NOT_ACCEPTABLE);
            case UnsupportedMediaTypeStatusException media -> ProblemException.of(CommonProblem.UNSUPPORTED_MEDIA_TYPE);
            // Spring takes a blank that stands for an id in the path for a fault of ours
            case ServerErrorException server when isPathVariable(server) ->
                invalid("?" + server.getReason(), "wrong-type", "参数 " + server.getReason() + " 的格式不正确");
            case ResponseStatusException status -> status(status);
            // the issuer's keys could not be read: that is no fault of the token
            case AuthenticationServiceException issuer -> ProblemException.of(CommonProblem.UNAVAILABLE);
            case AuthenticationException authentication -> ProblemException.of(CommonProblem.TOKEN_INVALID);
            case AccessDeniedException denied -> ProblemException.of(CommonProblem.FORBIDDEN);
            case DecodingException decoding -> decoding(decoding);
            case DataBufferLimitException limit -> ProblemException.of(CommonProblem.BODY_TOO_LARGE);
            case DataIntegrityViolationException integrity -> ProblemException.of(CommonProblem.CONFLICT);
            default -> isOverload(error)
                    ? ProblemException.of(CommonProblem.UNAVAILABLE)
                    : ProblemException.of(CommonProblem.INTERNAL);
        };
    }

    /** What the database may do when asked again; a deadlock that it ended is not translated by Spring. */
    private static boolean isOverload(Throwable error) {
        return error instanceof UncategorizedR2dbcException uncategorized
                && uncategorized.getCause() instanceof io.r2dbc.spi.R2dbcTransientException
                || error instanceof DataAccessResourceFailureException || error instanceof TransientDataAccessException
                || error instanceof QueryTimeoutException || error instanceof PessimisticLockingFailureException
                || error instanceof CannotCreateTransactionException
                || error instanceof io.r2dbc.spi.R2dbcTransientException
                || error instanceof io.r2dbc.spi.R2dbcTimeoutException;
    }

    private static boolean isPathVariable(ServerErrorException error) {
        return error.getMethodParameter() != null
                && error.getMethodParameter().hasParameterAnnotation(PathVariable.class);
    }

    private static ProblemException status(ResponseStatusException status) {
        return switch (status.getStatusCode().value()) {
            case 404 -> ProblemException.of(CommonProblem.NOT_FOUND);
            case 413 -> ProblemException.of(CommonProblem.BODY_TOO_LARGE);
            case 503 -> ProblemException.of(CommonProblem.UNAVAILABLE);
            default -> ProblemException.of(status.getStatusCode().is4xxClientError()
                    ? CommonProblem.VALIDATION_FAILED
                    : CommonProblem.INTERNAL);
        };
    }

    private static ProblemException input(ServerWebInputException input) {
        return switch (input.getCause()) {
            case ProblemException known -> known;
            case DecodingException decoding -> decoding(decoding);
            case DataBufferLimitException limit -> ProblemException.of(CommonProblem.BODY_TOO_LARGE);
            case TypeMismatchException mismatch -> invalid("?" + parameterName(input), "wrong-type",
                    "参数 " + parameterName(input) + " 的格式不正确");
            case null -> ProblemException.of(CommonProblem.BODY_MISSING);
            default -> ProblemException.of(CommonProblem.VALIDATION_FAILED);
        };
    }

    private static String parameterName(ServerWebInputException input) {
        var parameter = input.getMethodParameter();
        return parameter == null ? "" : parameterName(parameter);
    }

    /** The name that the caller knows, which the annotation may say. */
    private static String parameterName(MethodParameter parameter) {
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        String said = path != null ? path.value() : query != null ? query.value() : "";
        return said.isEmpty() ? String.valueOf(parameter.getParameterName()) : said;
    }

    private static ProblemException decoding(DecodingException decoding) {
        Throwable cause = decoding.getCause();
        if (cause instanceof ProblemException known) {
            return known;
        }
        if (cause == null) {
            // Spring's way to say that there was no body at all
            return ProblemException.of(CommonProblem.BODY_MISSING);
        }
        if (cause instanceof DataBufferLimitException) {
            return ProblemException.of(CommonProblem.BODY_TOO_LARGE);
        }
        return ProblemException.of(CommonProblem.MALFORMED_JSON);
    }

    private static ProblemException binding(WebExchangeBindException binding) {
        Violations violations = new Violations();
        for (ObjectError error : binding.getAllErrors()) {
            String name = error instanceof FieldError field ? field.getField() : error.getObjectName();
            boolean mismatch = error instanceof FieldError field && field.isBindingFailure();
            violations.add("?" + name, mismatch ? "wrong-type" : ConstraintCodes.of(error.getCode()),
                    mismatch ? "参数 " + name + " 的格式不正确" : message(error.getDefaultMessage()));
        }
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, violations.count(), violations.list());
    }

    private static ProblemException arguments(HandlerMethodValidationException arguments) {
        Violations violations = new Violations();
        for (ParameterValidationResult wrong : arguments.getParameterValidationResults()) {
            for (MessageSourceResolvable error : wrong.getResolvableErrors()) {
                String[] codes = error.getCodes();
                violations.add("?" + parameterName(wrong.getMethodParameter()),
                        ConstraintCodes.of(codes == null ? null : codes[codes.length - 1]),
                        message(error.getDefaultMessage()));
            }
        }
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, violations.count(), violations.list());
    }

    private static String message(@Nullable String message) {
        return message == null ? "取值无效" : message;
    }

    private static ProblemException invalid(String pointer, String code, String detail) {
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                List.of(new Violation(pointer, code, detail)));
    }
}
