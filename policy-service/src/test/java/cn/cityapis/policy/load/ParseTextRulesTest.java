package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import cn.cityapis.policy.gazette.GazetteParser;

import org.junit.jupiter.api.Test;

class ParseTextRulesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void givesWhatTheParseGives() {
        assertThat(ParseText.within(LONG, () -> "read").block()).isEqualTo("read");
    }

    @Test
    void turnsAnExhaustedStackIntoAReason() {
        assertThatThrownBy(() -> ParseText.within(LONG, ParseTextRulesTest::endless).block(LONG))
                .isInstanceOf(ParseText.Unparsable.class).hasMessageContaining("StackOverflowError");
    }

    @Test
    void turnsExhaustedMemoryIntoAReason() {
        assertThatThrownBy(() -> ParseText.within(LONG, () -> {
            throw new OutOfMemoryError("made up");
        }).block(LONG)).isInstanceOf(ParseText.Unparsable.class).hasMessageContaining("OutOfMemoryError");
    }

    @Test
    void givesUpAParseThatDoesNotEnd() {
        assertThatThrownBy(() -> ParseText.within(Duration.ofMillis(50), () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
            return "never";
        }).block(LONG)).isInstanceOf(ParseText.Unparsable.class).hasMessageContaining("超过");
    }

    @Test
    void aParseThatWasGivenUpEndsAtItsNextLine() throws InterruptedException {
        String endless = "海岚市民政局关于亮灯的说明，灯塔每晚亮灯。\n".repeat(400_000);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Throwable> why = new AtomicReference<>();
        assertThatThrownBy(() -> ParseText.within(Duration.ofMillis(50), () -> {
            try {
                return GazetteParser.parse(endless);
            } catch (CancellationException stopped) {
                why.set(stopped);
                throw stopped;
            } finally {
                ended.countDown();
            }
        }).block(LONG)).isInstanceOf(ParseText.Unparsable.class).hasMessageContaining("超过");
        assertThat(ended.await(5, TimeUnit.MINUTES)).isTrue();
        assertThat(why.get()).isInstanceOf(CancellationException.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless() {
        return 1 + endless();
    }
}
