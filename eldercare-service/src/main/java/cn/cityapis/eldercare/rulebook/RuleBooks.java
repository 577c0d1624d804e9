package cn.cityapis.eldercare.rulebook;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.problem.ProblemException;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rule books, the acts that extended them, and those that put another in their place. */
@Repository
public class RuleBooks {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    RuleBooks(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    Mono<Shelf> shelf() {
        return shelf(LocalDate.now(clock));
    }

    /** All of them, the earliest first, each with the options valid on that day, or its first if it had not begun. */
    private Mono<Shelf> shelf(LocalDate day) {
        return database.sql("""
                select b.id, b.number, b.title, b.in_force_from, b.in_force_to, o.options::text as options,
                       coalesce(b.articles, '{}')::text as articles,
                       (select min(n.in_force_from) from rule_book n where n.in_force_from > b.in_force_from) as replaced_from,
                       (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'extendedTo', x.extended_to, 'decidedOn', x.decided_on,
                                   'decidedBy', x.decided_by, 'basis', x.basis, 'demo', x.demo) order by x.decided_on, x.id), '[]')
                        from rule_book_extension x where x.rule_book_id = b.id)::text as extensions
                from rule_book b
                cross join lateral (
                    select defaults || options as options from rule_option where rule_book_id = b.id
                    order by (valid_from <= :day) desc, case when valid_from <= :day then valid_from end desc, valid_from
                    limit 1) o
                order by b.in_force_from
                """)
                .bind("day", day)
                .map(this::read)
                .all()
                .collectList()
                .map(Shelf::new);
    }

    /** The latest book that has begun, with the options valid today. */
    public Mono<RuleBook> current() {
        return shelf().map(shelf -> shelf.on(LocalDate.now(clock)));
    }

    /**
     * The one that an application is judged by, whatever is in force by now.
     *
     * @param handedInOn whose options hold for it; null for a draft, which goes by those of today
     */
    public Mono<RuleBook> of(String id, @Nullable LocalDate handedInOn) {
        return shelf(handedInOn == null ? LocalDate.now(clock) : handedInOn).map(shelf -> shelf.of(id));
    }

    /** For what it is called and where it says it; its options are those of today. */
    public Mono<RuleBook> named(String id) {
        return shelf().map(shelf -> shelf.of(id));
    }

    /** Refuses what is new under a book that is not in force today. */
    public Mono<RuleBook> takingApplications() {
        return taking(LocalDate.now(clock));
    }

    private Mono<RuleBook> taking(LocalDate today) {
        return shelf(today).map(shelf -> shelf.on(today)).flatMap(book -> book.takesApplicationsOn(today)
                ? Mono.just(book)
                : Mono.error(ProblemException
                        .of(EldercareProblem.RULE_BOOK_EXPIRED,
                                book.number() + " 有效期至 " + book.inForceTo() + "，截至 " + today + " 没有延长适用的决定，暂不受理新的申请")
                        .with("ruleBook", book.referenceOn(today))
                        .with("basis", List.of(book.cite(30)))));
    }

    /** For the moment of handing in: no other book can come into force until that is stored. */
    public Mono<RuleBook> takingThisApplication(LocalDate today) {
        return database.sql("select pg_advisory_xact_lock_shared(hashtextextended('eldercare.rule-books', 0))::text")
                .fetch().one().then(Mono.defer(() -> taking(today)));
    }

    /** For an act on the books: one after the other, and none while an application is being handed in. */
    Mono<Shelf> lockShelf() {
        return database.sql("select pg_advisory_xact_lock(hashtextextended('eldercare.rule-books', 0))::text")
                .fetch().one().then(Mono.defer(this::shelf));
    }

    /** What today's answers show of a book. */
    public RuleBookReference shown(RuleBook book) {
        return book.referenceOn(LocalDate.now(clock));
    }

    public Mono<Void> extend(String bookId, Extension extension) {
        return database.sql("""
                insert into rule_book_extension (id, rule_book_id, extended_to, decided_on, decided_by, basis, demo)
                values (:id, :book, :extendedTo, :decidedOn, :decidedBy, :basis, :demo)
                """)
                .bind("id", extension.id())
                .bind("book", bookId)
                .bind("extendedTo", extension.extendedTo())
                .bind("decidedOn", extension.decidedOn())
                .bind("decidedBy", extension.decidedBy())
                .bind("basis", extension.basis())
                .bind("demo", extension.demo())
                .then();
    }

    /** The caller holds the shelf. */
    Mono<Void> insert(RuleBook book, Replacement act) {
        return database.sql("""
                with book as (
                    insert into rule_book (id, number, title, in_force_from, in_force_to, articles, replaces, decided_on, decided_by,
                                           basis, recorded_at)
                    values (:id, :number, :title, :from, :to, :articles, :replaces, :decidedOn, :decidedBy, :basis, :now)
                    returning id, in_force_from)
                insert into rule_option (rule_book_id, valid_from, options) select id, in_force_from, :options from book
                """)
                .bind("id", book.id())
                .bind("number", book.number())
                .bind("title", book.title())
                .bind("from", book.inForceFrom())
                .bind("to", book.inForceTo())
                .bind("articles", Json.of(json.writeValueAsString(book.articles().ownArticles())))
                .bind("options", Json.of(json.writeValueAsString(book.options())))
                .bind("replaces", act.replaces())
                .bind("decidedOn", act.decidedOn())
                .bind("decidedBy", act.decidedBy())
                .bind("basis", act.basis())
                .bind("now", clock.instant())
                .then();
    }

    private RuleBook read(Readable row) {
        return new RuleBook(row.get("id", String.class), row.get("number", String.class),
                row.get("title", String.class), row.get("in_force_from", LocalDate.class),
                row.get("in_force_to", LocalDate.class),
                json.readValue(row.get("extensions", String.class), new TypeReference<List<Extension>>() {
                }),
                json.readValue(row.get("options", String.class), RuleOptions.class),
                new ArticleTable(json.readValue(row.get("articles", String.class),
                        new TypeReference<Map<Integer, Integer>>() {
                        })),
                row.get("replaced_from", LocalDate.class));
    }
}
