package cn.cityapis.gateway.route;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A request's body on its way through. Who sends it too slowly holds a place that others need and is told so; a service
 * that does not take what is there is another matter, and its own fault.
 */
final class Upload extends ServerHttpRequestDecorator {

    private final Silence silence;
    private final Silence answer;
    private volatile boolean complete;
    private final Sinks.Empty<Void> sent = Sinks.empty();

    /**
     * @param patience between two parts of the body
     * @param answer to it, which may have begun already: a service that takes parts is not silent
     */
    Upload(ServerHttpRequest request, Duration patience, Silence answer) {
        super(request);
        this.silence = new Silence(patience);
        this.answer = answer;
    }

    /** Without a length and a coding there is no body (RFC 9112, 6.3). */
    static boolean isOne(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        Flux<DataBuffer> parts = super.getBody().doOnNext(part -> answer.interrupt())
                .doOnComplete(() -> {
                    complete = true;
                    sent.tryEmitEmpty();
                })
                .onErrorMap(broken -> !(broken instanceof GatewayException), Upload::brokenOff);
        return silence.limited(parts, () -> new GatewayException(GatewayProblem.REQUEST_TIMEOUT));
    }

    /** Nobody will read it; but it is neither a failure of the service nor a fault of ours. */
    private static GatewayException brokenOff(Throwable cause) {
        return new GatewayException(GatewayProblem.BAD_REQUEST, "提交的内容中断了", null);
    }

    /**
     * Signals when the call has had its time: who has sent everything just in time has not used up the service's own.
     *
     * @param answer what the service has from the last part on, until its answer begins
     */
    Mono<Long> over(Duration whole, Duration answer) {
        return Mono.firstWithSignal(Mono.delay(whole).flatMap(end -> complete ? Mono.never() : Mono.just(end)),
                sent.asMono().then(Mono.delay(answer)));
    }

    /** Whose fault it is that the time is over. */
    Throwable late() {
        return complete || silence.nothingIsWanted()
                ? new TimeoutException()
                : new GatewayException(GatewayProblem.REQUEST_TIMEOUT);
    }
}
