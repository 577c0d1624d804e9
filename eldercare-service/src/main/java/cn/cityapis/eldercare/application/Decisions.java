package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.text.FreeText;
import cn.cityapis.eldercare.text.FreeTexts;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Moves applications along their life, and keeps each decision with its articles. */
@Repository
public class Decisions {

    private final DatabaseClient database;
    private final Applications applications;
    private final Deadlines deadlines;
    private final Appointments appointments;
    private final FreeTexts texts;
    private final CircumstanceChanges changes;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Decisions(DatabaseClient database, Applications applications, Deadlines deadlines,
            Appointments appointments, CircumstanceChanges changes, FreeTexts texts, Outbox outbox, Ids ids,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.deadlines = deadlines;
        this.appointments = appointments;
        this.texts = texts;
        this.changes = changes;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** What the rules answer to a command, or the refusal as a problem that names what would be possible. */
    public static Lifecycle.Moved require(Application application, Command command) {
        return switch (Lifecycle.apply(application.state(), command)) {
            case Lifecycle.Moved moved -> moved;
            case Lifecycle.Refused refused -> throw refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                    "申请目前为“" + refused.state().title() + "”，不能" + refused.asked().title());
        };
    }

    /** A refusal that says where the application stands and what would be possible. */
    public static ProblemException refusal(EldercareProblem problem, Application application, String detail) {
        return ProblemException.of(problem, detail)
                .with("state", application.state().name())
                .with("possible", Lifecycle.possible(application.state()));
    }

    /** The refusal to change what has been handed in. */
    static ProblemException closed(Application application) {
        return refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                "申请目前为“" + application.state().name().title() + "”，内容不能再修改");
    }

    /** Stores the next state, the decision, the periods that start or end with it, and the event, in the caller's transaction. */
    public Mono<Application> commit(Application before, Application after, Command command, Lifecycle.Moved moved,
            String reason, Caller by) {
        Application next = after.with(moved.next());
        return applications.update(next)
                .flatMap(stored -> append(before, stored, command, moved.articles(), reason, by)
                        .then(deadlines.follow(before, stored, command.name()))
                        .then(changes.follow(before, stored))
                        .then(appointments.follow(before.state(), stored.state(), command.name()))
                        .then(outbox.publish("eldercare.application." + eventName(command),
                                "applications/" + stored.id(),
                                Map.of("applicationId", stored.id(), "state", stored.state().name())))
                        .thenReturn(stored));
    }

    private static String eventName(Command command) {
        return command.name().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Mono<Void> append(Application before, Application after, Command command, List<Integer> articles,
            String reason, Caller by) {
        UUID id = ids.next();
        return database.sql("""
                insert into decision (id, application_id, kind, from_state, to_state, articles, reason, reason_sealed,
                                      decided_by, decided_org, decided_at, rule_book_id)
                values (:id, :application, :kind, :from, :to, :articles, '', :reason, :by, :org, :at, :book)
                """)
                .bind("id", id)
                .bind("application", after.id())
                .bind("kind", command.name().name())
                .bind("from", before.state().name().name())
                .bind("to", after.state().name().name())
                .bind("articles", new TreeSet<>(articles).toArray(Integer[]::new))
                .bind("reason", texts.seal(FreeText.DECISION, id, reason))
                .bind("by", by.subject())
                .bind("org", Parameter.fromOrEmpty(by.org(), String.class))
                .bind("at", clock.instant())
                .bind("book", after.ruleBookId())
                .then();
    }

    public Mono<List<Decision>> of(UUID application) {
        return database.sql("""
                select id, kind, from_state, to_state, articles, reason, reason_sealed, decided_org, decided_at
                from decision where application_id = :id order by decided_at, id
                """)
                .bind("id", application)
                .map(row -> new Decision(row.get("kind", String.class), row.get("from_state", String.class),
                        row.get("to_state", String.class), Objects.requireNonNull(texts.read(FreeText.DECISION, row)),
                        row.get("decided_org", String.class), row.get("decided_at", Instant.class),
                        Arrays.stream(row.get("articles", Integer[].class)).map(Citation::article).toList()))
                .all()
                .collectList();
    }
}
