package cn.cityapis.gateway.docs;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.route.Service;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the pages want to know of the services, over connections of its own. */
@Component
class Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final Duration PING = Duration.ofSeconds(1);
    private static final Duration DOCUMENT = Duration.ofSeconds(15);
    /** However many ask, in this time a service is asked once. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int LARGEST_DOCUMENT = 8 * 1024 * 1024;

    private final GatewaySettings settings;
    private final JsonMapper json;
    private final WebClient http;
    private final Mono<List<Status>> status;
    private final Map<Service, Mono<Document>> documents;
    private final Mono<Map<String, JsonNode>> problems;

    /** @param title Chinese */
    record Status(String service, String title, boolean up) {
    }

    /** A service's OpenAPI document, read and as it is sent. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Document(JsonNode tree, byte[] bytes) {
    }

    Upstream(GatewaySettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        HttpClient client = HttpClient.create(ConnectionProvider.builder("docs").maxConnections(8)
                .pendingAcquireTimeout(PING).maxIdleTime(Duration.ofSeconds(30)).build())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PING.toMillis())
                .responseTimeout(DOCUMENT);
        this.http = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_DOCUMENT)).build();
        this.status = Flux.fromArray(Service.values()).flatMapSequential(this::ask).collectList()
                .cache(Duration.ofSeconds(3));
        this.documents = Arrays.stream(Service.values()).collect(Collectors.toUnmodifiableMap(Function.identity(),
                service -> Mono.defer(() -> read(service)).cache(document -> FRESH, failure -> PING,
                        () -> Duration.ZERO)));
        this.problems = readProblems().cache(FRESH);
    }

    /** Looked up at most every three seconds, however many ask. */
    Mono<List<Status>> status() {
        return status;
    }

    /** The service's OpenAPI document, with the address that is seen from outside; as old as {@link #FRESH} at most. */
    Mono<Document> document(Service service) {
        return Objects.requireNonNull(documents.get(service));
    }

    /** Every refusal that any service names in its document, by code; services that are down are left out. */
    Mono<Map<String, JsonNode>> problems() {
        return problems;
    }

    /** Documents are large: they are read off the event loop. */
    private Mono<Document> read(Service service) {
        return http.get().uri(service.url(settings.upstreams()) + "/v3/api-docs").retrieve().bodyToMono(byte[].class)
                .publishOn(Schedulers.boundedElastic())
                .map(this::fromOutside)
                .timeout(DOCUMENT)
                .onErrorMap(WebClientException.class, failure -> new GatewayException(GatewayProblem.UNAVAILABLE,
                        service.title() + "服务暂时不可用", PING));
    }

    private Mono<Map<String, JsonNode>> readProblems() {
        return Flux.fromArray(Service.values())
                .flatMap(service -> document(service).onErrorResume(failure -> {
                    LOG.warn("the problem codes of {} are left out: {}", service, failure.toString());
                    return Mono.empty();
                }))
                .flatMapIterable(document -> document.tree().path("x-problems"))
                .collectMap(entry -> entry.path("code").asString(), entry -> entry, java.util.TreeMap::new);
    }

    private Document fromOutside(byte[] document) {
        JsonNode tree = json.readTree(document);
        if (tree instanceof ObjectNode api) {
            ArrayNode servers = api.putArray("servers");
            servers.addObject().put("url", settings.publicUrl());
        }
        return new Document(tree, json.writeValueAsBytes(tree));
    }

    private Mono<Status> ask(Service service) {
        return http.get().uri(service.url(settings.upstreams()) + "/actuator/health/readiness").retrieve()
                .toBodilessEntity()
                .map(answer -> answer.getStatusCode().is2xxSuccessful())
                .timeout(PING)
                .onErrorReturn(false)
                .map(up -> new Status(service.path(), service.title(), up));
    }
}
