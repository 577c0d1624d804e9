package cn.cityapis.eldercare.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** What must hold when everybody is done, whatever happened. */
final class Aftermath {

    private final City city;
    private final Office office;
    private final Ledger ledger;

    Aftermath(City city, Office office, Ledger ledger) {
        this.city = city;
        this.office = office;
        this.ledger = ledger;
    }

    String summary() throws SQLException {
        return "decisions "
                + city.database.strings("select kind || ' ' || count(*) from decision group by kind order by kind")
                + ", offers "
                + city.database.strings("select state || ' ' || count(*) from offer group by state order by state")
                + ", pairs " + city.database.number("select count(distinct pair_id) from offer")
                + ", stays " + city.database.strings("select purpose || ' ' || count(*) from stay group by purpose")
                + ", deadlines missed "
                + city.database.number("select count(*) from deadline where missed_at is not null")
                + ", homes closed " + ledger.closed.size() + ", replaced " + ledger.replacements.size();
    }

    void check() throws Exception {
        assertThat(office.statuses).as("no answer is a 500").doesNotContainKey(500);
        nothingIsGivenTwice();
        everyBedIsWhatItsStaysSay();
        queuesAreWhatApplicationsSay();
        couplesAreOfferedTwoPlaces();
        nobodyWaitsBesideAFreeBedThatFits();
        everyPeriodIsSettled();
        nothingAcknowledgedIsLostOrDoneTwice();
        nothingIsLeftOfClosedHomes();
        theOrderWasKept();
        nothingHangs();
    }

    /** Twelve days on, no offer without moving in and no other period is left (第十三条, 第十八条, 第二十四条). */
    void letDeadlinesPass() throws Exception {
        for (int day = 0; day < 12; day++) {
            city.nextDay();
        }
        String today = "date '" + city.now().toString().substring(0, 10) + "'";
        String overdue = "select (select count(*) from offer where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED') and move_in_by < "
                + today + ") + (select count(*) from deadline where met_at is null and closed_at is null "
                + "and missed_at is null and kind <> 'MOVE_IN' and not provisional and last_day < " + today + ")";
        long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (city.database.number(overdue) > 0) {
            assertThat(System.nanoTime()).as("periods end by themselves").isLessThan(end);
            Thread.sleep(100);
        }
    }

    private void nothingIsGivenTwice() throws SQLException {
        none("live offers of one bed, or of one applicant", """
                select bed_id::text from offer where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED')
                group by bed_id having count(*) > 1
                union all select application_id::text from offer
                where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED', 'COMPLETED')
                group by application_id having count(*) > 1
                """);
        none("a bed offered again before its offer had ended", """
                select v.bed ->> 'bedId' from queue_event v join queue_event w
                  on w.home_id = v.home_id and w.kind = 'OFFERED' and w.seq > v.seq and w.bed ->> 'bedId' = v.bed ->> 'bedId'
                where v.kind = 'OFFERED' and not exists (
                    select 1 from queue_event c where c.entry_id = v.entry_id and c.seq > v.seq and c.seq < w.seq
                      and c.phase <> 'OFFERED')
                """);
        none("beds that are not what their offers say", """
                select b.label from bed b where (b.state in ('OFFERED', 'RESERVED')) <> exists (
                    select 1 from offer o where o.bed_id = b.id and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED'))
                """);
    }

    /** Who came less who went is who lives there: by offers, emergency uses (第二十五条) and moves (第二十三条). */
    private void everyBedIsWhatItsStaysSay() throws SQLException {
        none("beds that are not what their stays say", """
                select b.label from bed b
                where (b.state = 'OCCUPIED') <> exists (select 1 from stay s where s.bed_id = b.id and s.ended_at is null)
                """);
        Map<String, Integer> came = times("select bed_id::text from offer where state = 'COMPLETED'");
        ledger.used.forEach((bed, times) -> came.merge(bed, times, Integer::sum));
        ledger.movedInto.forEach((bed, times) -> came.merge(bed, times, Integer::sum));
        assertThat(times("select bed_id::text from stay")).as("stays, by bed").isEqualTo(came);
        assertThat(times("select bed_id::text from stay where ended_by like 'operator-%' and end_reason <> 'MOVED'"))
                .as("stays that homes ended, by bed").isEqualTo(ledger.vacated);
        assertThat(city.database.number("select count(*) from adjustment where outcome = 'KEPT'"))
                .isEqualTo(ledger.kept.get());
        assertThat(times("select to_bed_id::text from adjustment where outcome = 'MOVED'"))
                .isEqualTo(ledger.movedInto);
        none("people with two beds", """
                select encode(a.person_index, 'hex') from stay s join application a on a.id = s.application_id
                where s.ended_at is null and a.person_index is not null group by a.person_index having count(*) > 1
                """);
        none("whoever died or was disqualified and still lives in a bed of his own", """
                select s.id::text from stay s join application a on a.id = s.application_id
                where s.ended_at is null and a.state in ('DIED', 'DISQUALIFIED')
                """);
        none("residents whose bed is not the one where they live", """
                select a.id::text from stay s join application a on a.id = s.application_id
                where s.ended_at is null and a.state = 'ADMITTED' and a.state_facts ->> 'bedId' <> s.bed_id::text
                """);
    }

    private void queuesAreWhatApplicationsSay() throws SQLException {
        none("entries that are not what their offers say", """
                select e.id::text from queue_entry e where (e.phase = 'OFFERED') <> exists (
                    select 1 from offer o where o.entry_id = e.id and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED'))
                """);
        none("running entries that are not what their applications say", """
                select a.state || ' ' || e.phase || ' ' || e.channel || ' ' || a.channel || ' ' || a.id
                from queue_entry e join application a on a.id = e.application_id
                where e.ended_at is null and (not a.live or e.channel <> a.channel or e.applied_at <> a.submitted_at
                    or a.state = 'WAITING' and e.phase <> 'WAITING'
                    or a.state in ('SUBMITTED', 'QUALIFIED', 'ASSESSMENT_BOOKED', 'RECHECKING') and e.phase <> 'PROVISIONAL')
                """);
        none("applications with another offer under way than they say", """
                select a.id::text from application a
                where (a.state in ('OFFERED', 'OFFER_ACCEPTED', 'PAPERS_CHECKED')) <> exists (
                    select 1 from offer o where o.application_id = a.id and o.id::text = a.state_facts ->> 'offerId'
                      and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED'))
                """);
    }

    private void couplesAreOfferedTwoPlaces() throws SQLException {
        none("offers to a couple that are not two of one home at one time", """
                select pair_id::text from offer where pair_id is not null group by pair_id, made_at
                having count(*) <> 2 or count(distinct home_id) <> 1 or count(distinct bed_id) <> 2
                    or count(distinct application_id) <> 2
                """);
    }

    /** 第八条, 第二十条: once the sweeper has looked at every home, nobody is left for a bed that an operator would offer. */
    private void nobodyWaitsBesideAFreeBedThatFits() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (city.database.number("select count(*) from placing_due") > 0) {
            assertThat(System.nanoTime()).as("every home is looked at").isLessThan(end);
            Thread.sleep(100);
        }
        for (String bed : city.database.strings("""
                select b.home_id || ' ' || b.id from bed b join home h on h.id = b.home_id
                where b.state = 'FREE' and h.closed_at is null
                """)) {
            UUID home = UUID.fromString(bed.substring(0, 36));
            Office.Answer offered = office.post(new Random(), City.operator(home), "/homes/" + home + "/offers",
                    Map.of("bedId", bed.substring(37)), null);
            assertThat(offered.text("/code")).as(offered.toString()).isEqualTo("nobody-fits");
        }
    }

    private void everyPeriodIsSettled() throws SQLException {
        none("periods that run though the state is left, or do not though it is not", """
                select a.state || ' ' || k.kind || ' ' || a.id
                from application a cross join (values ('REVIEW', array['SUBMITTED']), ('RESULT', array['ASSESSMENT_BOOKED']),
                    ('MOVE_IN', array['OFFERED', 'OFFER_ACCEPTED', 'PAPERS_CHECKED'])) k (kind, states)
                where (a.state = any(k.states)) <> exists (select 1 from deadline d where d.application_id = a.id
                    and d.kind = k.kind and d.met_at is null and d.closed_at is null)
                union all select 'RECHECK ' || a.id from application a
                where (coalesce(a.state_facts -> 'before' -> 'recheck', a.state_facts -> 'recheck') ->> 'endedAt' is null
                       and coalesce(a.state_facts -> 'before' -> 'recheck', a.state_facts -> 'recheck') ->> 'by' is not null)
                    <> exists (select 1 from deadline d where d.application_id = a.id
                       and d.kind = 'RECHECK' and d.met_at is null and d.closed_at is null)
                """);
        none("a duty of a home that is closed, though another reviews", """
                select d.id::text from deadline d join application a on a.id = d.application_id
                join home h on h.id = a.review_home
                where d.kind = 'REVIEW' and d.met_at is null and d.closed_at is null
                  and (d.home_id <> a.review_home or d.bound_org <> h.org)
                """);
        none("a missed period that was told twice", """
                select subject from outbox where type = 'eldercare.deadline.missed' group by subject having count(*) > 1
                """);
    }

    private void nothingAcknowledgedIsLostOrDoneTwice() throws SQLException {
        assertThat(city.database.strings("select id::text from application")).containsAll(ledger.applications);
        assertThat(city.database.strings("select id::text from material"))
                .containsExactlyInAnyOrderElementsOf(ledger.materials);
        assertThat(city.database.strings("select id::text from offer")).containsAll(ledger.offers);
        assertThat(city.database.strings("select application_id || ' ' || home_id from queue_entry"))
                .containsAll(ledger.replacements);
        Set<String> wishes = new HashSet<>(city.database.strings(
                "select application_id || ' ' || companion_id || ' ' || alone_allowed from companion_wish"));
        ledger.wishes.forEach((application, wish) -> assertThat(wishes).contains(application + " " + wish));
        Map<String, Integer> stored = times("select application_id || ' ' || kind from decision");
        Map<String, Integer> wrong = new HashMap<>();
        ledger.decisions.forEach((each, times) -> {
            if (!times.equals(stored.get(each))) {
                wrong.put(each, stored.getOrDefault(each, 0) - times);
            }
        });
        assertThat(wrong).as("decisions stored less decisions acknowledged").isEmpty();
    }

    private void nothingIsLeftOfClosedHomes() throws Exception {
        assertThat(city.database.strings("select id::text from home where closed_at is not null"))
                .containsExactlyInAnyOrderElementsOf(ledger.closed);
        String left = """
                select count(*) from queue_entry e join home h on h.id = e.home_id
                where h.closed_at is not null and e.ended_at is null
                """;
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (city.database.number(left) > 0) {
            assertThat(System.nanoTime()).as("places at a closed home end").isLessThan(end);
            Thread.sleep(100);
        }
        none("an offer or a free bed of a closed home", """
                select o.id::text from offer o join home h on h.id = o.home_id
                where h.closed_at is not null and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED')
                union all select b.id::text from bed b join home h on h.id = b.home_id
                where h.closed_at is not null and b.state not in ('OCCUPIED', 'OUT_OF_SERVICE')
                """);
    }

    /** The replay of each home's log, over HTTP; and positions as a plain count gives them. */
    private void theOrderWasKept() throws Exception {
        long offers = 0;
        for (UUID home : city.all()) {
            Office.Answer proof = office.get(new Random(), City.operator(home), "/homes/" + home + "/fairness-check");
            assertThat(proof.body().path("violations")).as(proof.body().path("violations").toPrettyString()).isEmpty();
            assertThat(proof.body().path("fair").asBoolean()).as(proof.toString()).isTrue();
            offers += proof.body().path("offers").asLong();
        }
        assertThat(offers).isEqualTo(city.database.number("select count(*) from offer")).isPositive();
        none("counters that differ from a count", """
                select home_id || ' ' || channel_rank from (
                    select home_id, channel_rank, count(*) as waiting from queue_entry where ended_at is null group by 1, 2) plain
                full join (select home_id, channel_rank, waiting from queue_count where bits = 63 and waiting > 0) counted
                  using (home_id, channel_rank, waiting)
                where plain is null or counted is null
                """);
    }

    private void nothingHangs() throws SQLException {
        assertThat(city.database.number("select count(*) from pg_stat_activity where datname = current_database() "
                + "and state like 'idle in transaction%' and now() - state_change > interval '10 seconds'")).isZero();
    }

    private void none(String what, String sql) throws SQLException {
        List<String> found = city.database.strings(sql);
        assertThat(found).as(what).isEmpty();
    }

    private Map<String, Integer> times(String sql) throws SQLException {
        Map<String, Integer> counted = new HashMap<>();
        city.database.strings(sql).forEach(each -> counted.merge(each, 1, Integer::sum));
        return counted;
    }
}
