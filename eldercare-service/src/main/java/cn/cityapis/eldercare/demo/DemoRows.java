package cn.cityapis.eldercare.demo;

import cn.cityapis.eldercare.application.ApplicationForm;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Dossier;
import cn.cityapis.eldercare.demo.DemoHomes.DemoHome;
import cn.cityapis.eldercare.demo.DemoPeople.DemoPerson;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The rows of applications and queue entries of the demo: who waits today, and a year of recorded flow. */
final class DemoRows {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final DemoPeople people = new DemoPeople();
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Ids ids;
    private final Instant now;
    private final WorkingCalendar calendar;

    final List<Map<String, @Nullable Object>> applications = new ArrayList<>();
    final List<Map<String, @Nullable Object>> entries = new ArrayList<>();

    DemoRows(FieldCipher cipher, JsonMapper json, Ids ids, Instant now, WorkingCalendar calendar) {
        this.cipher = cipher;
        this.json = json;
        this.ids = ids;
        this.now = now;
        this.calendar = calendar;
    }

    /** First all who wait, as only their ID numbers must differ for certain; then the past. */
    void fill(Map<UUID, DemoHome> homes) {
        homes.forEach((id, home) -> {
            for (int i = 1; i <= home.waiting(); i++) {
                addWaiting(id, home, i);
            }
        });
        homes.forEach((id, home) -> {
            for (int i = 0; i < home.beds() / 3; i++) {
                addPast(id, home, i);
            }
        });
        number();
    }

    private void addWaiting(UUID homeId, DemoHome home, int i) {
        Instant applied = now.minus(Duration.ofHours(5L * 24 + people.below(400 * 24)));
        Instant usual = applied.plus(Duration.ofDays(12));
        Instant assessed = usual.isBefore(now) ? usual : now.minus(Duration.ofDays(1));
        Deadline objection = within5(assessed);
        ApplicationState state = i % 17 == 0
                ? new ApplicationState.Submitted(now.minus(Duration.ofDays(1)),
                        within5(now.minus(Duration.ofDays(1))))
                : i % 10 == 0
                        ? new ApplicationState.Qualified(applied)
                        : new ApplicationState.Waiting(assessed, objection);
        boolean waiting = state instanceof ApplicationState.Waiting;
        DemoPerson person = people.next(homeId, false, LocalDate.ofInstant(now, ZONE));
        Instant received = state instanceof ApplicationState.Submitted submitted ? submitted.at() : applied;
        add(homeId, home, person, state, waiting, received,
                waiting ? Entry.Phase.WAITING : Entry.Phase.PROVISIONAL, null, null);
    }

    /** 第十三条, 第十八条: five working days, for the review as for an objection. */
    private Deadline within5(Instant event) {
        return calendar.workingDaysAfter(LocalDate.ofInstant(event, ZONE), 5);
    }

    private void addPast(UUID homeId, DemoHome home, int i) {
        Instant ended = now.minus(Duration.ofHours(1 + people.below(364 * 24)));
        boolean special = i % 9 == 0;
        Instant applied = ended.minus(Duration.ofHours(special ? 5 * 24 : 20 * 24 + people.below(180 * 24)));
        EndReason reason = special || i % 5 != 0
                ? EndReason.ADMITTED
                : i % 2 == 0 ? EndReason.DIED : EndReason.WITHDRAWN;
        ApplicationState state = reason == EndReason.ADMITTED
                ? new ApplicationState.Admitted(homeId, homeId, LocalDate.ofInstant(ended, ZONE))
                : new ApplicationState.Withdrawn(ended);
        add(homeId, home, people.next(homeId, special, LocalDate.ofInstant(now, ZONE)), state, true, applied,
                Entry.Phase.ENDED, ended, reason);
    }

    private void add(UUID homeId, DemoHome home, DemoPerson person, ApplicationState state, boolean assessed,
            Instant applied, Entry.Phase phase, @Nullable Instant ended, @Nullable EndReason reason) {
        UUID id = ids.next();
        Dossier dossier = new Dossier(person.form(), List.of(), assessed ? person.level() : null);
        ApplicationForm.Person applicant = Objects.requireNonNull(person.form().applicant());
        String number = Objects.requireNonNull(applicant.idNumber());
        String name = Masking.name(Objects.requireNonNull(applicant.name()));
        Map<String, @Nullable Object> application = new LinkedHashMap<>();
        application.put("id", id);
        application.put("owner", "demo-applicant-" + applications.size());
        application.put("state", state.name());
        application.put("facts", json.readTree(json.writeValueAsString(state)));
        application.put("live", state.name().isLive());
        application.put("home", homeId);
        application.put("channel", dossier.channel().channel());
        application.put("name", name);
        application.put("person", hex(cipher.blindIndex("person.id_number", number)));
        application.put("sealed", hex(cipher.encrypt("application", "sealed", id, json.writeValueAsString(dossier))));
        application.put("at", applied);
        application.put("agency", home.number() == 1 ? "demo-agency-1" : "demo-agency-2");
        applications.add(application);
        addEntry(homeId, id, dossier, name, number, applied, phase, ended, reason);
    }

    private void addEntry(UUID homeId, UUID application, Dossier dossier, String name, String idNumber, Instant applied,
            Entry.Phase phase, @Nullable Instant ended, @Nullable EndReason reason) {
        UUID id = ids.next();
        Needs.Sex sex = new ResidentId(idNumber).sex() == ResidentId.Sex.FEMALE ? Needs.Sex.FEMALE : Needs.Sex.MALE;
        Needs needs = new Needs(dossier.level(), sex, EnumSet.copyOf(dossier.form().bedKinds()));
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", id);
        entry.put("application", application);
        entry.put("home", homeId);
        entry.put("channel", dossier.channel().channel());
        entry.put("rank", dossier.channel().channel().rank());
        entry.put("at", applied);
        entry.put("phase", phase);
        entry.put("name", name);
        entry.put("needs", hex(cipher.encrypt("queue_entry", "sealed_needs", id, json.writeValueAsString(needs))));
        entry.put("ended", ended);
        entry.put("reason", reason);
        entries.add(entry);
    }

    /** Queue numbers follow the time of application at each home. */
    private void number() {
        Map<Object, Integer> last = new LinkedHashMap<>();
        entries.sort(Comparator.comparing(entry -> (Instant) Objects.requireNonNull(entry.get("at"))));
        entries.forEach(
                entry -> entry.put("number", last.merge(Objects.requireNonNull(entry.get("home")), 1, Integer::sum)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
