package cn.cityapis.policy.subscription;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.search.SavedQuery;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions and what they were told of. */
@Repository
class Subscriptions {

    static final int MOST = 50;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Subscriptions(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** In the caller's transaction. The owner's lock keeps the count, the other tells what was there before. */
    Mono<Subscription> add(String owner, String client, SubscriptionForm.Checked asked) {
        UUID id = ids.next();
        Object criteria = asked.profile() != null ? asked.profile() : Objects.requireNonNull(asked.query());
        return lock("policy-subscriptions:" + owner).then(full(owner)).then(Mono.defer(this::between))
                .then(Mono.defer(() -> database.sql("""
                        INSERT INTO policy_subscription (id, owner, client_id, name, kind, criteria, since, created_at)
                        VALUES (:id, :owner, :client, :name, :kind, :criteria::jsonb,
                                (SELECT coalesce(max(sequence), 0) FROM announcement), :now)
                        """).bind("id", id).bind("owner", owner).bind("client", client).bind("name", asked.name())
                        .bind("kind", asked.profile() != null ? "profile" : "query")
                        .bind("criteria", json.writeValueAsString(criteria)).bind("now", OffsetDateTime.now(clock))
                        .then()))
                .then(Mono.defer(() -> find(owner, id)));
    }

    private Mono<Void> lock(String name) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))::text").bind("name", name).then();
    }

    /** Waits until every version that has a number is there to see. */
    private Mono<Void> between() {
        return lock(Announcements.LOCK);
    }

    private Mono<Void> full(String owner) {
        return database.sql("SELECT count(*) AS held FROM policy_subscription WHERE owner = :owner")
                .bind("owner", owner).map(row -> Objects.requireNonNull(row.get("held", Long.class))).one()
                .filter(held -> held >= MOST)
                .flatMap(held -> Mono.error(ProblemException.of(PolicyProblem.SUBSCRIPTIONS_FULL,
                        "每个用户最多 " + MOST + " 个订阅，请先删除不用的")));
    }

    Mono<Subscription> find(String owner, UUID id) {
        return database.sql("SELECT * FROM policy_subscription WHERE id = :id AND owner = :owner").bind("id", id)
                .bind("owner", owner).map(this::subscription).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.SUBSCRIPTION_NOT_FOUND)));
    }

    Mono<List<Subscription>> list(String owner, UUID after, int rows) {
        return database.sql("""
                SELECT * FROM policy_subscription WHERE owner = :owner AND id > :after ORDER BY id LIMIT :rows
                """).bind("owner", owner).bind("after", after).bind("rows", rows).map(this::subscription).all()
                .collectList();
    }

    /** Those that were there before a version, and have not been looked at; locked, so that their events are in order. */
    Mono<List<Subscription>> next(Announcements.Open announced, int rows) {
        return database.sql("""
                SELECT * FROM policy_subscription
                 WHERE since < :sequence AND id > :reached
                 ORDER BY id
                 LIMIT :rows
                   FOR NO KEY UPDATE
                """).bind("sequence", announced.sequence()).bind("reached", announced.reached()).bind("rows", rows)
                .map(this::subscription).all().collectList();
    }

    Mono<Void> remove(String owner, UUID id) {
        return database.sql("DELETE FROM policy_subscription WHERE id = :id AND owner = :owner").bind("id", id)
                .bind("owner", owner).fetch().rowsUpdated().filter(rows -> rows > 0)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.SUBSCRIPTION_NOT_FOUND))).then();
    }

    /** Answers whether it was not known yet. */
    Mono<Boolean> matched(UUID subscription, Announcements.Open announced, List<String> articles) {
        return database.sql("""
                INSERT INTO policy_match (subscription_id, version_id, sequence, articles, matched_at)
                VALUES (:subscription, :version, :sequence, :articles, :now)
                ON CONFLICT DO NOTHING
                """).bind("subscription", subscription).bind("version", announced.version())
                .bind("sequence", announced.sequence()).bind("articles", articles.toArray(String[]::new))
                .bind("now", OffsetDateTime.now(clock)).fetch().rowsUpdated().map(rows -> rows > 0);
    }

    /** The latest first. */
    Mono<List<Match>> matches(UUID subscription, long before, PageRequest page) {
        return database.sql("""
                SELECT m.sequence, m.articles, m.matched_at, v.work_id, v.version, v.number, v.title
                  FROM policy_match m
                  JOIN version v ON v.id = m.version_id
                 WHERE m.subscription_id = :subscription AND m.sequence < :before
                 ORDER BY m.sequence DESC
                 LIMIT :rows
                """).bind("subscription", subscription).bind("before", before).bind("rows", page.rowsToRead())
                .map(Subscriptions::match).all().collectList();
    }

    private Subscription subscription(Readable row) {
        String criteria = text(row, "criteria");
        boolean profile = text(row, "kind").equals("profile");
        return new Subscription(required(row.get("id", UUID.class)), text(row, "name"),
                profile ? json.readValue(criteria, Profile.class) : null,
                profile ? null : json.readValue(criteria, SavedQuery.class),
                required(row.get("created_at", OffsetDateTime.class)), text(row, "client_id"));
    }

    private static Match match(Readable row) {
        UUID work = required(row.get("work_id", UUID.class));
        int version = required(row.get("version", Integer.class));
        String number = row.get("number", String.class);
        return new Match(required(row.get("sequence", Long.class)), work, version, number, text(row, "title"),
                Arrays.stream(required(row.get("articles", String[].class)))
                        .map(key -> article(number, work, version, key)).toList(),
                required(row.get("matched_at", OffsetDateTime.class)));
    }

    static Match.MatchedArticle article(@Nullable String number, UUID work, int version, String key) {
        return new Match.MatchedArticle(key,
                Permalinks.article(Permalinks.document(number, work), key) + "?version=" + version);
    }

    private static String text(Readable row, String column) {
        return required(row.get(column, String.class));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
