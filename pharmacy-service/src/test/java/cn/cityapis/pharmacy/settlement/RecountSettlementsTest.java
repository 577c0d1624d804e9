package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.test.MadeUpCalendar;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.WorkingCalendar;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-volumes", "pharmacy.jobs.first=PT24H"})
class RecountSettlementsTest extends TradeScene {

    @Autowired
    private Notices notices;
    @Autowired
    private Audit audit;
    @Autowired
    private JobLock lock;
    @Autowired
    private TransactionalOperator transaction;
    @Autowired
    private WorkingCalendar announced;
    @Autowired
    private WatchSettlements watch;

    private void recount(WorkingCalendar calendar) {
        new RecountSettlements(database, notices, audit, lock, transaction, calendar).sweep().block();
    }

    private Long told(String settlement, String kind) {
        return database.sql("SELECT count(*) FROM notice WHERE about = :about AND kind = :kind")
                .bind("about", settlement.substring(1)).bind("kind", kind).mapValue(Long.class).one().block();
    }

    /** Accepted on 5 December, due on 4 January, of which nobody knows yet whether it is a working day. */
    @Test
    void aDayOfPaymentInAYearWithoutACalendarIsCountedAgainAndThenHolds() {
        at("2026-12-05");
        String settlement = "/settlements/"
                + chain.get(accepted(acarbose(), 3)).body().path("settlementId").asString();
        recount(announced);
        JsonNode before = chain.get(settlement).body();
        assertThat(before.path("dueOn").asString() + before.path("provisional").asBoolean())
                .isEqualTo("2027-01-04true");
        String tag = chain.get(settlement).tag();
        at("2027-01-20");
        watch.sweep().block();
        assertThat(told(settlement, "settlement-overdue")).as("overdue on a provisional day").isZero();

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        JsonNode after = chain.get(settlement).body();
        assertThat(after.path("dueOn").asString() + after.path("provisional").asBoolean())
                .isEqualTo("2027-01-09false");
        assertThat(after.path("overdueDays").asInt()).isEqualTo(11);
        assertThat(chain.get(settlement).tag()).isNotEqualTo(tag);
        watch.sweep().block();
        assertThat(told(settlement, "settlement-overdue")).isPositive();
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(told(settlement, "settlement-recounted")).isEqualTo(1);
    }
}
