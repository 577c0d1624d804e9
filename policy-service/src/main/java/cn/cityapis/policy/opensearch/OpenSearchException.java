package cn.cityapis.policy.opensearch;

/** What can go wrong with a call to the cluster. */
public sealed class OpenSearchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OpenSearchException(String message, Throwable cause) {
        super(message, cause);
    }

    private OpenSearchException(String message) {
        super(message);
    }

    /** No node answers in time, or the cluster says that it cannot: worth another try later. */
    public static final class Unavailable extends OpenSearchException {

        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message);
        }

        public Unavailable(Throwable cause) {
            super("no node of OpenSearch answers: " + cause, cause);
        }
    }

    /** The index, or the state of it that is paged through, is not there (any more). */
    public static final class Missing extends OpenSearchException {

        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message);
        }
    }

    /** The cluster does not accept the call: a fault of this service or of the cluster's settings. */
    public static final class Refused extends OpenSearchException {

        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }
}
