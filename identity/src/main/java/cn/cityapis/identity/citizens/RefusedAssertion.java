package cn.cityapis.identity.citizens;

/** Why an assertion is not believed, in Chinese. */
final class RefusedAssertion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedAssertion(String reason) {
        super(reason);
    }

    RefusedAssertion(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
