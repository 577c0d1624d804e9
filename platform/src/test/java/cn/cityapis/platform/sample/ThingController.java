package cn.cityapis.platform.sample;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/sample/v1/things")
class ThingController {

    enum Colour {
        RED, BLUE
    }

    record Part(@NotBlank String label, @Max(10) int count) {
    }

    record NewThing(@NotBlank @Size(max = 40) String name, @NotNull Colour colour, @NotNull LocalDate since, int size,
            @NotNull List<@Valid Part> parts) {
    }

    record Thing(UUID id, String name, long version) {
    }

    static final AtomicInteger EFFECTS = new AtomicInteger();

    private final Idempotency idempotency;
    private final DatabaseClient database;
    private final Outbox outbox;
    private final Ids ids;

    ThingController(Idempotency idempotency, DatabaseClient database, Outbox outbox, Ids ids) {
        this.idempotency = idempotency;
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
    }

    @PostMapping
    @Access(scope = "sample.apply", citizen = true)
    Mono<ResponseEntity<Thing>> create(@RequestBody NewThing body, IdempotencyKey key, Caller caller,
            @RequestParam(defaultValue = "0") int delayMillis) {
        return idempotency.execute(key, body, () -> insert(body, caller)
                .delayUntil(thing -> Mono.delay(java.time.Duration.ofMillis(delayMillis)))
                .map(thing -> ResponseEntity.status(201).eTag(ETags.of(thing.version())).body(thing)));
    }

    private Mono<Thing> insert(NewThing body, Caller caller) {
        Thing thing = new Thing(ids.next(), body.name(), 1);
        EFFECTS.incrementAndGet();
        return database.sql("INSERT INTO thing (id, owner, name, version) VALUES (:id, :owner, :name, 1)")
                .bind("id", thing.id()).bind("owner", caller.subject()).bind("name", thing.name())
                .then()
                .then(outbox.publish("sample.thing.created", "things/" + thing.id(), Map.of("id", thing.id())))
                .then(body.size() == 666
                        ? Mono.error(ProblemException.of(CommonProblem.CONFLICT, "这个尺寸不行"))
                        : Mono.just(thing));
    }

    @PutMapping("/{id}")
    @Access(scope = "sample.apply")
    Mono<ResponseEntity<Thing>> rename(@PathVariable UUID id, @RequestParam String name, IdempotencyKey key,
            IfMatch ifMatch) {
        return idempotency.execute(key, name, () -> database
                .sql("SELECT version FROM thing WHERE id = :id FOR UPDATE").bind("id", id)
                .map(row -> row.get("version", Long.class)).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .doOnNext(ifMatch::require)
                .flatMap(version -> database.sql("UPDATE thing SET name = :name, version = version + 1 WHERE id = :id")
                        .bind("name", name).bind("id", id).then().thenReturn(new Thing(id, name, version + 1)))
                .map(thing -> ResponseEntity.ok().eTag(ETags.of(thing.version())).body(thing)));
    }

    @GetMapping
    @Access(scope = "sample.read")
    Mono<Page<Thing>> list(PageRequest page) {
        return database.sql("SELECT id, name, version FROM thing WHERE name > :after ORDER BY name LIMIT :rows")
                .bind("after", page.isFirst() ? "" : page.after().getFirst()).bind("rows", page.rowsToRead())
                .map(row -> new Thing(row.get("id", UUID.class), row.get("name", String.class),
                        row.get("version", Long.class)))
                .all().collectList()
                .map(rows -> Page.of(rows, page, thing -> List.of(thing.name())));
    }

    @GetMapping("/colours")
    @Access(scope = "sample.read", goodForAllSeconds = 7)
    Mono<List<Colour>> colours(@RequestParam(defaultValue = "10") @Max(10) int most) {
        return Mono.just(List.of(Colour.values()).subList(0, Math.min(most, Colour.values().length)));
    }

    @GetMapping("/broken")
    @Access(scope = "sample.read")
    Mono<Thing> broken() {
        return Mono.error(new IllegalStateException("secret internals of table thing"));
    }

    @GetMapping("/slow")
    @Access(scope = "sample.read")
    Mono<String> slow() {
        return database.sql("SELECT pg_sleep(5)").then().thenReturn("done");
    }

    @GetMapping("/officers")
    @Access(scope = "sample.decide", roles = {"district", "city"})
    Mono<Caller> officers(Caller caller) {
        return Mono.just(caller);
    }
}
