package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.KnownParticipations.Part;
import cn.cityapis.pharmacy.load.KnownParticipations.Period;
import cn.cityapis.pharmacy.load.KnownParticipations.Place;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines about who takes part in which programme. What a programme asks of an institution is asked when a period
 * begins: one that is known can be ended whatever has become of the institution since.
 */
final class ParticipationLines {

    private static final UUID NOBODY = new UUID(0, 0);
    private static final String STORE = "store";
    /** A period that begins later than so many years from now was most likely given the wrong year. */
    private static final int YEARS_AHEAD = 1;

    private final KnownParticipations known;
    private final LocalDate today;
    private final Map<Part, NavigableMap<LocalDate, Period>> periods = new HashMap<>();

    ParticipationLines(KnownParticipations known, LocalDate today) {
        this.known = known;
        this.today = today;
        known.periods().forEach((part, there) -> periods.put(part, new TreeMap<>(there)));
    }

    /** What a line says, what there is of it, what a person has to be asked; of use only if nothing is wrong with it. */
    record Line(String code, Part part, Period period, @Nullable Period there, @Nullable Question question) {

        Object key() {
            return List.of(part, period.since());
        }

        Map<String, Object> row() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("institution_id", part.institution());
            row.put("code", code);
            row.put("programme", part.programme().code());
            row.put("since", period.since().toString());
            row.put("until", period.until() == null ? null : period.until().toString());
            return row;
        }
    }

    /** Whether a line is about a period that there is already. */
    boolean isKnown(Fields f) {
        Place place = known.places().get(f.cell("code"));
        Optional<Programme> programme = Programme.parse(f.cell("programme"));
        return place != null && programme.isPresent()
                && known.beginning(new Part(place.id(), programme.get()), f.date("since")) != null;
    }

    Line read(Fields f) {
        String code = f.matching("code", "[A-Za-z0-9-]{4,40}", "应为 4 至 40 位字母、数字或连字符");
        Place place = known.places().get(code);
        if (place == null && f.good("code")) {
            f.wrong("code", "unknown", "没有这家机构，请先载入机构文件");
        }
        Programme programme = programme(f);
        Period line = period(f);
        Part part = new Part(place == null ? NOBODY : place.id(), programme);
        Period there = known.beginning(part, line.since());
        if (there == null) {
            mayBegin(f, place, programme, line);
        }
        if (f.good()) {
            overlapped(part, line).ifPresent(other -> f.wrong("since", "overlaps",
                    "与这家机构参加同一项目的另一时段（" + shown(other) + "）重叠"));
        }
        return new Line(code, part, line, there, question(place, programme, line, there));
    }

    /** Counts a line that is good among the periods that others must not overlap. */
    void keep(Line line) {
        periods.computeIfAbsent(line.part(), part -> new TreeMap<>()).put(line.period().since(), line.period());
    }

    private static Programme programme(Fields f) {
        Optional<Programme> programme = Programme.parse(f.text("programme", 20));
        if (programme.isEmpty() && f.good("programme")) {
            f.wrong("programme", "invalid-value", "只能是 " + Programme.all() + " 之一");
        }
        return programme.orElse(Programme.CHAIN_PROCUREMENT);
    }

    private static Period period(Fields f) {
        LocalDate since = f.date("since");
        LocalDate until = f.dateOrNothing("until");
        if (f.good("since") && f.good("until") && until != null && until.isBefore(since)) {
            f.wrong("until", "out-of-range", "截止日早于起始日");
        }
        return new Period(since, until);
    }

    private void mayBegin(Fields f, @Nullable Place place, Programme programme, Period line) {
        if (f.good("since") && line.since().isAfter(today.plusYears(YEARS_AHEAD))) {
            f.wrong("since", "out-of-range", "起始日在一年以后，请核对年份");
        }
        if (place == null || !f.good("programme")) {
            return;
        }
        if (programme == Programme.CHAIN_PROCUREMENT && !place.kind().equals(STORE)) {
            f.wrong("programme", "kind-mismatch", "这家机构不是连锁企业的门店，没有总部账户可供采购");
        } else if (programme == Programme.PRIVATE_INSTITUTIONS && place.kind().equals("public_hospital")) {
            f.wrong("programme", "kind-mismatch", "这家机构是公立医院，不是民营医疗机构");
        }
    }

    private Optional<Period> overlapped(Part part, Period line) {
        NavigableMap<LocalDate, Period> others = periods.getOrDefault(part, new TreeMap<>());
        Entry<LocalDate, Period> before = others.lowerEntry(line.since());
        if (before != null && before.getValue().reaches(line.since())) {
            return Optional.of(before.getValue());
        }
        return Optional.ofNullable(others.higherEntry(line.since())).map(Entry::getValue)
                .filter(after -> line.reaches(after.since()));
    }

    private static @Nullable Question question(@Nullable Place place, Programme programme, Period line,
            @Nullable Period there) {
        if (there != null) {
            return there.until() != null && line.until() == null
                    ? new Question("until", "reopened", "现有记录截止于 " + there.until() + "，本行没有截止日；请核对是否恢复为长期参加")
                    : null;
        }
        // pharmacies may be among the private institutions too, but they are as a rule in the programme of their chain
        return programme == Programme.PRIVATE_INSTITUTIONS && place != null && place.kind().equals(STORE)
                ? new Question("programme", "unusual-programme", "这家机构是连锁企业的门店，请核对是否参加民营医疗机构集中采购")
                : null;
    }

    private static String shown(Period period) {
        return period.since() + (period.until() == null ? " 起" : " 至 " + period.until());
    }
}
