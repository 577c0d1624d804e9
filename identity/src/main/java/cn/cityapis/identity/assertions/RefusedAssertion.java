package cn.cityapis.identity.assertions;

/** Why an assertion is not believed, in Chinese. */
public final class RefusedAssertion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedAssertion(String reason) {
        super(reason);
    }

    public RefusedAssertion(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
