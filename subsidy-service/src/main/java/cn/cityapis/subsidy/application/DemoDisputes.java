package cn.cityapis.subsidy.application;

import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.start.StartTask;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Two made-up cases that are disputed: one rejected and appealed, one on public notice. Written once. */
@Component
@Order(4)
@ConditionalOnProperty("demo.data")
class DemoDisputes implements StartTask {

    private static final int NOTICE_DAYS = 7;

    private final DatabaseClient database;
    private final DemoCases cases;
    private final Appeals appeals;
    private final WorkingCalendar calendar;
    private final Clock clock;

    DemoDisputes(DatabaseClient database, DemoCases cases, Appeals appeals, WorkingCalendar calendar, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.appeals = appeals;
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        LocalDate today = LocalDate.now(clock);
        return database.sql("SELECT count(*) FROM appeal").mapValue(Long.class).one()
                .flatMap(count -> count > 0 ? Mono.empty() : disputes(today));
    }

    private Mono<Void> disputes(LocalDate today) {
        return cases.rejected(doctor("演示戊", "37100219880415005", "371002", today), today,
                new Review.Reason("workplace", "单位或岗位不在津贴范围内（演示）", ""))
                .flatMap(rejected -> appeals.file(rejected, "演示：劳动合同显示为企业全职岗位", Caller.system("demo")))
                .then(Mono.defer(() -> cases.noticed(doctor("演示己", "37100319910820006", "371003", today), today,
                        NoticePeriod.of(today, NOTICE_DAYS, calendar))))
                .then();
    }

    private static DemoCases.Person doctor(String name, String idNumber, String area, LocalDate today) {
        return new DemoCases.Person(name, idNumber, area, Map.of("educationLevel", "doctor", "birthDate",
                LocalDate.of(Integer.parseInt(idNumber.substring(6, 10)), Integer.parseInt(idNumber.substring(10, 12)),
                        Integer.parseInt(idNumber.substring(12, 14))),
                "engagement", "employed-full-time", "engagementStart", today.minusDays(30), "employerKind", "company"));
    }
}
