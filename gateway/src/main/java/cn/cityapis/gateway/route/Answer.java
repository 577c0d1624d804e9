package cn.cityapis.gateway.route;

import io.netty.channel.Channel;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;

/**
 * The connection on which a service's answer comes, for whoever passes the answer on or keeps it: it may be as long as it
 * likes, but must go on. Reactor Netty's own limit ({@code responseTimeout}) and Reactor's ({@code timeout}) both count the
 * time in which nobody takes anything.
 */
final class Answer implements Connection, NettyInbound {

    private final Connection connection;
    private final Silence silence;
    private final Supplier<? extends Throwable> tooLong;

    private Answer(Connection connection, Silence silence, Supplier<? extends Throwable> tooLong) {
        this.connection = connection;
        this.silence = silence;
        this.tooLong = tooLong;
    }

    /** Of the answer that has just begun. */
    static void limit(ServerWebExchange exchange, Silence silence, Supplier<? extends Throwable> tooLong) {
        exchange.getAttributes().computeIfPresent(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR,
                (name, connection) -> new Answer((Connection) connection, silence, tooLong));
    }

    @Override
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public void dispose() {
        connection.dispose();
    }

    @Override
    public NettyInbound inbound() {
        return this;
    }

    @Override
    public ByteBufFlux receive() {
        return ByteBufFlux.fromInbound(silence.limited(connection.inbound().receive(), tooLong),
                channel().alloc());
    }

    @Override
    public ByteBufFlux receiveObject() {
        return receive();
    }

    @Override
    public NettyInbound withConnection(Consumer<? super Connection> with) {
        with.accept(this);
        return this;
    }
}
