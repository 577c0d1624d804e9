package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.test.ServiceTest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Rows of many people whom no bed fits stand before the one whom it does. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
@DisplayName("第八条, 第二十条: a bed finds the first whom it fits, however far back he stands")
class LongQueueStoreTest extends TwoHomesScene {

    private static final int BEFORE = 2_600;

    @Autowired
    private FieldCipher cipher;
    @Autowired
    private JsonMapper json;
    @Autowired
    private Waitlist waitlist;

    /** They applied in 2020, one a minute; answers the ids of their applications in that order. */
    private List<UUID> fill(int people) {
        List<UUID> entries = Stream.generate(UUID::randomUUID).limit(people).toList();
        List<UUID> applications = Stream.generate(UUID::randomUUID).limit(people).toList();
        String[] needs = IntStream.range(0, people)
                .mapToObj(i -> sealed(entries.get(i), new Needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE, Set.of())))
                .map(HexFormat.of()::formatHex).toArray(String[]::new);
        database.sql("""
                with a as (
                    insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                    select id, 'nobody', 'WAITING', '{}', true, '2023-17', '\\x00', now()
                    from unnest(:applications::uuid[]) as id)
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs)
                select r.id, r.application, :home::uuid, r.place, 'PRIORITY', 2,
                       timestamptz '2020-01-01 00:00:00+08' + r.place * interval '1 minute', 'WAITING', '张*', decode(r.needs, 'hex')
                from unnest(:entries::uuid[], :applications::uuid[], :needs::text[]) with ordinality
                     as r (id, application, needs, place)
                """).bind("applications", applications.toArray(UUID[]::new))
                .bind("entries", entries.toArray(UUID[]::new))
                .bind("needs", needs).bind("home", UUID.fromString(scene.home)).then().block();
        scene.run("update home set next_queue_number = " + (people + 1) + " where id = '" + scene.home + "'");
        waitlist.carryOver().block();
        return applications;
    }

    /** As long as the queue, so no answer about an offer holds it. */
    private void inPages(String offer) {
        String path = scene.path + "/offers/" + offer + "/candidates";
        Walk.Answer first = walk.get(scene.operator, path + "?limit=100");
        assertThat(first.body().at("/items").size()).isEqualTo(100);
        Walk.Answer second = walk.get(scene.district, path + "?limit=100&cursor=" + first.text("/nextCursor"));
        assertThat(second.body().at("/items/0/place").asInt()).isEqualTo(101);
        assertThat(walk.get(scene.operator, scene.path + "/offers").body().toString()).contains(offer)
                .doesNotContain("LEVEL_NOT_TAKEN");
        assertThat(walk.get(walk.operator, path).status()).as("another home's").isEqualTo(404);
        assertThat(walk.get(walk.citizen("far-back"), path).status()).isEqualTo(403);
    }

    @Test
    void behindPlace2000() {
        fill(BEFORE);
        String fits = scene.waiting(walk.citizen("far-back"), Fixtures.idNumber(1941, 771), 52);
        String bed = scene.addBed(nursing, "1", false).text("/bed/id");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OFFERED");
        assertThat(scene.text("select application_id from offer where bed_id = '" + bed + "'")).isEqualTo(fits);
        assertThat(scene.count("select jsonb_array_length(candidates) from offer where bed_id = '" + bed + "'"))
                .isEqualTo(BEFORE + 1);
        assertThat(scene.text("select string_agg(distinct c ->> 'verdict', ' ' order by c ->> 'verdict') from offer, "
                + "jsonb_array_elements(candidates) c where bed_id = '" + bed + "'")).isEqualTo("FITS LEVEL_NOT_TAKEN");
        inPages(scene.text("select id from offer where bed_id = '" + bed + "'"));
        Walk.Answer check = walk.get(scene.district, scene.path + "/fairness-check");
        assertThat(check.body().path("fair").asBoolean()).as(check.body().toString()).isTrue();
        assertThat(check.text("/offers")).isEqualTo("1");
    }

    @Test
    void nobodyInAWholeLongQueueLeavesTheBedFree() {
        fill(300);
        assertThat(scene.addBed(nursing, "1", false).text("/bed/state")).isEqualTo("FREE");
    }

    private byte[] sealed(UUID entry, Needs needs) {
        return cipher.encrypt("queue_entry", "sealed_needs", entry, json.writeValueAsString(needs));
    }

    /** The bed fits whoever stands there, but not without a companion; places begin with 0. */
    private void needs(List<UUID> applications, int place, UUID companion) {
        UUID entry = UUID.fromString(scene.text("select id from queue_entry where application_id = '"
                + applications.get(place) + "'"));
        database.sql("update queue_entry set sealed_needs = :needs where id = :id").bind("id", entry)
                .bind("needs", sealed(entry, new Needs(AbilityLevel.MODERATE, Needs.Sex.FEMALE, Set.of(), companion)))
                .then().block();
    }

    @Test
    @DisplayName("whose companion stands further back than has been read is not offered a bed alone")
    void aCompanionFarBackIsSeen() {
        List<UUID> applications = fill(400);
        needs(applications, 2, applications.getLast());
        needs(applications, 399, applications.get(2));
        assertThat(scene.addBed(nursing, "1", false).text("/bed/state")).isEqualTo("FREE");
    }
}
