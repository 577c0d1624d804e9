package cn.cityapis.policy.load;

import java.time.Duration;
import java.util.function.Supplier;

import cn.cityapis.policy.format.Unreadable;
import reactor.core.publisher.Mono;

/**
 * Runs a parse on a thread of its own: text from outside may exhaust the stack or the memory, or never come to an end, and
 * neither may take the queue of loads with it. Reactor would let such an error pass by every operator.
 */
final class ParseText {

    private static final long STACK = 16L << 20;

    /** The text cannot be parsed, now or later. */
    static final class Unparsable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unparsable(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    private ParseText() {
    }

    /** @return what the parse gives, or {@link Unparsable} with a reason that an operator can be shown */
    static <T> Mono<T> within(Duration limit, Supplier<T> parse) {
        return Mono.<T>create(sink -> {
            Thread thread = new Thread(null, () -> {
                try {
                    sink.success(parse.get());
                } catch (Unreadable known) {
                    sink.error(new Unparsable(known.detail(), known));
                } catch (Throwable any) {
                    sink.error(new Unparsable("解析时出现故障：" + any.getClass().getSimpleName(), any));
                }
            }, "policy-parse", STACK);
            thread.setDaemon(true);
            sink.onCancel(thread::interrupt);
            thread.start();
        }).timeout(limit,
                Mono.error(() -> new Unparsable("解析超过 " + limit.toSeconds() + " 秒", new InterruptedException())));
    }
}
