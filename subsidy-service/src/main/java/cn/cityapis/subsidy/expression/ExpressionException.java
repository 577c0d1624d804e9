package cn.cityapis.subsidy.expression;

/** An expression that does not compile, or that fails on a case. */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message);
    }

    ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }
}
