package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.CoordinateRules;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.OpeningHours;
import cn.cityapis.pharmacy.load.KnownInstitutions.Chain;
import cn.cityapis.pharmacy.load.KnownInstitutions.Place;
import cn.cityapis.platform.problem.Violations;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines about institutions. A head office or an area that nobody knows yet begins with the first line that names
 * it; an empty account leaves that of the place as it is.
 */
final class InstitutionLines {

    private static final Set<String> KINDS = Set.of("store", "private_hospital", "clinic", "public_hospital");
    /** Takes the day of closing back; an empty cell leaves what there is. */
    private static final String NOT_CLOSED = "无";
    private static final Coordinates NOWHERE = new Coordinates(0, 0);

    private final KnownInstitutions known;
    private final Supplier<UUID> ids;
    private final Map<String, Chain> chains;
    private final Map<String, UUID> accounts;
    private final Map<String, String> begunAreas = new HashMap<>();

    InstitutionLines(KnownInstitutions known, Supplier<UUID> ids) {
        this.known = known;
        this.ids = ids;
        this.chains = new HashMap<>(known.chains());
        this.accounts = new HashMap<>(known.accounts());
    }

    /** What a line says, what there is of it, and the columns of its row; of use only if nothing was found wrong with it. */
    record Line(String code, Place place, @Nullable Place there, Map<String, Object> row) {
    }

    Line read(Fields f) {
        String code = f.matching("code", "[A-Za-z0-9-]{4,40}", "应为 4 至 40 位字母、数字或连字符");
        Place there = known.places().get(code);
        String kind = f.text("kind", 20);
        if (!kind.isEmpty() && !KINDS.contains(kind)) {
            f.wrong("kind", "invalid-value", "只能是 store、private_hospital、clinic、public_hospital 之一");
        }
        UUID id = there == null ? ids.get() : there.id();
        String account = f.textOrNothing("account", 60);
        Chain chain = kind.equals("store") ? chain(f, account) : null;
        String own = chain != null ? null : account == null && there != null ? there.account() : account;
        if (f.good("kind") && !kind.equals("store") && account != null
                && (chains.containsKey(account) || !accounts.getOrDefault(account, id).equals(id))) {
            f.wrong("account", "taken", "这个账户属于另一家机构或连锁企业");
        }
        UUID head = chain == null ? null : chain.id();
        if (there != null && f.good("kind") && f.good("account") && !Objects.equals(there.chain(), head)) {
            f.wrong("account", "differs", "这家机构属于另一家连锁企业或不属于连锁企业；转店请将原编码停业并用新的编码");
        }
        Coordinates point = point(f);
        Place line = new Place(id, kind, f.text("name", 100), head, own, f.text("address", 200), area(f),
                f.text("phone", 40), f.yes("insuranceAccepted"), point, hours(f), keepsCalendar(f, there),
                closedOn(f, there));
        Place place = there == null ? line : line.settledAt(there.point());
        if (f.good()) {
            begin(f, account, chain, place);
        }
        return new Line(code, place, there, row(code, place, account, chain));
    }

    private Chain chain(Fields f, @Nullable String account) {
        String name = f.textOrNothing("chainName", 100);
        Chain there = account == null ? null : chains.get(account);
        if (account == null) {
            f.wrong("account", "missing", "门店须写明连锁企业的账户");
        } else if (accounts.containsKey(account)) {
            f.wrong("account", "taken", "这个账户属于一家不是连锁企业的机构");
        } else if (there == null && name == null) {
            f.wrong("chainName", "missing", "没有这个连锁企业；新的连锁企业须写明名称");
        } else if (there != null && name != null && !there.name().equals(name)) {
            f.wrong("chainName", "differs", "这个账户的连锁企业是“" + there.name() + "”，与本行不同");
        }
        return there != null ? there : new Chain(ids.get(), name == null ? "" : name);
    }

    private String area(Fields f) {
        String code = f.matching("areaCode", "\\d{6}(\\d{3})?", "应为六位或九位地区代码");
        String name = f.textOrNothing("areaName", 60);
        if (f.good("areaCode") && name == null && !known.areas().contains(code) && !begunAreas.containsKey(code)) {
            f.wrong("areaName", "missing", "没有这个地区；新的地区须写明名称");
        }
        return code;
    }

    private static Coordinates point(Fields f) {
        Violations wrong = new Violations();
        Optional<CoordType> datum = CoordinateRules.coordType(f.cell("coordType"), wrong);
        Optional<Coordinates> point = CoordinateRules.coordinates(f.cell("lat"), f.cell("lon"), wrong);
        wrong.list().forEach(v -> f.wrong(v.pointer().substring(1), v.code(), v.detail()));
        return datum.isEmpty() || point.isEmpty() ? NOWHERE : datum.get().toWgs84(point.get());
    }

    private static List<OpeningHours> hours(Fields f) {
        String text = f.text("hours", 500);
        Optional<List<OpeningHours>> hours = WeekHours.parse(text);
        if (hours.isEmpty() && f.good("hours")) {
            f.wrong("hours", "wrong-type", WeekHours.FORM);
        }
        return hours.orElse(List.of());
    }

    private static boolean keepsCalendar(Fields f, @Nullable Place there) {
        return f.cell("keepsCalendar").isEmpty() ? there != null && there.keepsCalendar() : f.yes("keepsCalendar");
    }

    private static @Nullable LocalDate closedOn(Fields f, @Nullable Place there) {
        return switch (f.cell("closedOn")) {
            case "" -> there == null ? null : there.closedOn();
            case NOT_CLOSED -> null;
            default -> f.date("closedOn");
        };
    }

    private void begin(Fields f, @Nullable String account, @Nullable Chain chain, Place place) {
        String area = f.textOrNothing("areaName", 60);
        if (area != null && !known.areas().contains(place.area())) {
            begunAreas.putIfAbsent(place.area(), area);
        }
        if (account != null && chain != null) {
            chains.putIfAbsent(account, chain);
        } else if (account != null) {
            accounts.put(account, place.id());
        }
    }

    private Map<String, Object> row(String code, Place place, @Nullable String account, @Nullable Chain chain) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", place.id());
        row.put("code", code);
        row.put("kind", place.kind());
        row.put("name", place.name());
        row.put("chain_id", place.chain());
        row.put("chain_org", chain == null ? null : account);
        row.put("chain_name", chain == null ? null : chain.name());
        row.put("org", place.account());
        row.put("address", place.address());
        row.put("area_code", place.area());
        row.put("area_name", begunAreas.get(place.area()));
        row.put("phone", place.phone());
        row.put("insurance_accepted", place.insured());
        row.put("lat", place.point().lat());
        row.put("lon", place.point().lon());
        row.put("keeps_calendar", place.keepsCalendar());
        row.put("closed_on", place.closedOn() == null ? null : place.closedOn().toString());
        row.put("hours", place.hours());
        row.put("demo", false);
        return row;
    }
}
