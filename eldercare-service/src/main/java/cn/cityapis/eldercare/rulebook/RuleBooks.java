package cn.cityapis.eldercare.rulebook;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rule books and the acts that extended them. */
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

    /** The latest book that has begun, with the options valid today. */
    public Mono<RuleBook> current() {
        LocalDate today = LocalDate.now(clock);
        return database.sql("""
                select b.id, b.number, b.title, b.in_force_from, b.in_force_to, o.options::text as options,
                       (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'extendedTo', x.extended_to, 'decidedOn', x.decided_on,
                                   'decidedBy', x.decided_by, 'basis', x.basis, 'demo', x.demo) order by x.decided_on, x.id), '[]')
                        from rule_book_extension x where x.rule_book_id = b.id)::text as extensions
                from rule_book b
                join rule_option o on o.rule_book_id = b.id
                order by (b.in_force_from <= :today) desc, b.in_force_from desc, (o.valid_from <= :today) desc, o.valid_from desc
                limit 1
                """)
                .bind("today", today)
                .map((row, meta) -> new RuleBook(row.get("id", String.class), row.get("number", String.class),
                        row.get("title", String.class), row.get("in_force_from", LocalDate.class),
                        row.get("in_force_to", LocalDate.class),
                        json.readValue(row.get("extensions", String.class), new TypeReference<List<Extension>>() {
                        }),
                        json.readValue(row.get("options", String.class), RuleOptions.class)))
                .one();
    }

    /** Refuses what is new under a book that is not in force today. */
    public Mono<RuleBook> takingApplications() {
        LocalDate today = LocalDate.now(clock);
        return current().flatMap(book -> book.takesApplicationsOn(today)
                ? Mono.just(book)
                : Mono.error(ProblemException
                        .of(EldercareProblem.RULE_BOOK_EXPIRED,
                                book.number() + " 有效期至 " + book.inForceTo() + "，截至 " + today + " 没有延长适用的决定，暂不受理新的申请")
                        .with("ruleBook", book.referenceOn(today))
                        .with("basis", List.of(Citation.article(30)))));
    }

    /** What today's answers show of the book. */
    public Mono<RuleBookReference> reference() {
        return current().map(book -> book.referenceOn(LocalDate.now(clock)));
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
}
