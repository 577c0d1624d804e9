package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.settings.GatewaySettings.Pace;
import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the answers of one connection. As long as the network takes what is written nothing is looked at; from then
 * on he must keep the pace, or his connection is closed, and with it the service's that waits behind it.
 */
final class Reader extends ChannelOutboundHandlerAdapter {

    private final Pace pace;
    private final Counter tooSlow;
    private @Nullable Future<?> look;
    /** Bytes that have waited for him since the last look, or for a shorter time. */
    private long given;

    Reader(Pace pace, Counter tooSlow) {
        this.pace = pace;
        this.tooSlow = tooSlow;
    }

    @Override
    public void write(ChannelHandlerContext context, Object part, ChannelPromise promise) throws Exception {
        if (look != null) {
            if (left(context.channel()) == 0) {
                rest(look);
            } else {
                given += size(context.channel(), part);
            }
        }
        super.write(context, part, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        super.flush(context);
        if (look == null && left(context.channel()) > 0) {
            lookLater(context);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (look != null) {
            rest(look);
        }
    }

    private void lookLater(ChannelHandlerContext context) {
        given = left(context.channel());
        look = context.executor().schedule(() -> look(context), pace.within().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void rest(Future<?> pending) {
        pending.cancel(false);
        look = null;
    }

    private void look(ChannelHandlerContext context) {
        look = null;
        long still = left(context.channel());
        if (still == 0) {
            return;
        }
        if (given - still >= pace.least().toBytes()) {
            lookLater(context);
            return;
        }
        tooSlow.increment();
        // what the system still holds for him is not sent either
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.close();
    }

    /** Bytes that the network has not taken, a little more for each part; 0 of a closed connection. */
    private static long left(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null || buffer.isEmpty() ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    private static int size(Channel channel, Object part) {
        return channel.config().getMessageSizeEstimator().newHandle().size(part);
    }
}
