package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.catalogue.Pinyin;
import cn.cityapis.pharmacy.load.CatalogueState.AwardKey;
import cn.cityapis.pharmacy.load.CatalogueState.KnownAward;
import cn.cityapis.pharmacy.load.CatalogueState.KnownDrug;
import cn.cityapis.pharmacy.load.CatalogueState.KnownPrice;
import cn.cityapis.pharmacy.load.CatalogueState.KnownSupplier;
import cn.cityapis.pharmacy.load.CatalogueState.PriceKey;
import cn.cityapis.pharmacy.table.Heading;
import cn.cityapis.pharmacy.table.Row;
import cn.cityapis.pharmacy.table.TableException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of each line of a file what would become of it; nothing here changes anything. */
final class LoadRules {

    private static final String CODE = "[A-Za-z0-9-]{4,40}";
    private static final String ACCOUNT = "[A-Za-z0-9._-]{1,60}";
    private static final String AREA = "\\d{6}";
    private static final Set<String> PRICE_KINDS = Set.of("procured", "listed", "retail", "payment_standard",
            "before");
    private static final long MOST_FEN = 100_000_000;

    private final ImportKind kind;
    private final CatalogueState known;
    private final Supplier<UUID> ids;
    private final Set<Object> seen = new HashSet<>();
    private final PriceQuestions prices;
    private final VolumeLines volumes;
    private final VolumeClashes clashes;
    private final InstitutionLines institutions;
    private final ParticipationLines participations;
    private final CityOutline city;

    private LoadRules(ImportKind kind, CatalogueState known, CityOutline city, LocalDate today, Supplier<UUID> ids) {
        this.kind = kind;
        this.known = known;
        this.ids = ids;
        this.prices = new PriceQuestions(known);
        this.volumes = new VolumeLines(known.volumes(), ids);
        this.clashes = new VolumeClashes(known.volumes());
        this.institutions = new InstitutionLines(known.institutions(), ids);
        this.participations = new ParticipationLines(known.participations(), today);
        this.city = city;
    }

    /**
     * @param rows of the file, the heading first
     * @return the lines in their order
     * @throws TableException if the heading is not that of the kind
     */
    static List<Judged> judge(ImportKind kind, List<Row> rows, CatalogueState known, CityOutline city,
            LocalDate today, Supplier<UUID> ids) {
        LoadRules rules = new LoadRules(kind, known, city, today, ids);
        Heading heading = heading(kind, rows);
        Map<Boolean, List<Row>> lines = rows.stream().skip(1)
                .collect(Collectors.partitioningBy(row -> rules.waits(new Fields(heading, row))));
        List<Judged> judged = Stream.of(false, true).flatMap(waiting -> lines.getOrDefault(waiting, List.of()).stream())
                .map(row -> rules.judged(new Fields(heading, row)))
                .sorted(Comparator.comparing(Judged::line))
                .toList();
        return switch (kind) {
            case VOLUMES -> rules.clashes.refused(judged);
            case AWARDS, PRICES -> rules.prices.asked(judged);
            case DRUGS, INSTITUTIONS, SUPPLIERS, PARTICIPATIONS -> judged;
        };
    }

    /** Whether a line is judged after the others: a period that begins, once it is seen which ones the file ends. */
    private boolean waits(Fields fields) {
        return kind == ImportKind.PARTICIPATIONS && !participations.isKnown(fields);
    }

    static Heading heading(ImportKind kind, List<Row> rows) {
        if (rows.size() < 2) {
            throw new TableException("文件中没有数据行");
        }
        return Heading.of(rows.getFirst(), kind.columns());
    }

    private Judged judged(Fields fields) {
        return switch (kind) {
            case DRUGS -> drug(fields);
            case AWARDS -> award(fields);
            case PRICES -> price(fields);
            case VOLUMES -> volume(fields);
            case INSTITUTIONS -> institution(fields);
            case SUPPLIERS -> supplier(fields);
            case PARTICIPATIONS -> participation(fields);
        };
    }

    private Judged drug(Fields f) {
        KnownDrug line = new KnownDrug(ids.get(), f.text("genericName", 100), f.text("form", 40),
                f.positive("strengthValue"), f.text("strengthUnit", 20), (int) f.number("packUnits", 1, 100_000),
                f.text("unitName", 10), f.text("packName", 10), f.text("maker", 100),
                f.matching("approvalNo", "国药准字[A-Z]\\d{8}", "应为“国药准字”加一个大写字母和八位数字"));
        String code = f.matching("insuranceCode", CODE, "应为 4 至 40 位字母、数字或连字符");
        String source = f.text("source", 200);
        Pinyin pinyin = Pinyin.of(line.genericName());
        if (f.good() && !pinyin.initials().matches("[a-z0-9]+")) {
            f.wrong("genericName", "wrong-type", "应含汉字、字母或数字");
        }
        KnownDrug there = known.drugs().get(code);
        boolean same = there != null && line.strengthValue().compareTo(there.strengthValue()) == 0
                && like(line, there).equals(there);
        KnownDrug row = there == null ? line : line.withId(there.id());
        Judged judged = verdict(f, "drug " + code,
                there == null ? Verdict.NEW : same ? Verdict.UNCHANGED : Verdict.CORRECTION,
                drugRow(row, code, source, pinyin));
        return there == null || line.isSamePack(there)
                ? judged
                : judged.asked(new Question("insuranceCode", "differs",
                        "这个医保编码在目录中是“" + there.genericName() + " " + there.strengthValue().toPlainString()
                                + there.strengthUnit() + "×" + there.packUnits() + "”，更正将改变单价、约定量和复核，请核对"));
    }

    /** The line as it would be with the id and the spelling of numbers of the known one. */
    private static KnownDrug like(KnownDrug line, KnownDrug there) {
        return new KnownDrug(there.id(), line.genericName(), line.form(), there.strengthValue(), line.strengthUnit(),
                line.packUnits(), line.unitName(), line.packName(), line.maker(), line.approvalNo());
    }

    private static Map<String, Object> drugRow(KnownDrug d, String code, String source, Pinyin pinyin) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", d.id());
        row.put("generic_name", d.genericName());
        row.put("form", d.form());
        row.put("strength", d.strengthValue().toPlainString() + d.strengthUnit());
        row.put("strength_value", d.strengthValue());
        row.put("strength_unit", d.strengthUnit());
        row.put("pack_units", d.packUnits());
        row.put("unit_name", d.unitName());
        row.put("pack_name", d.packName());
        row.put("maker", d.maker());
        row.put("approval_no", d.approvalNo());
        row.put("insurance_code", code);
        row.put("initials", pinyin.initials());
        row.put("pinyin", pinyin.full());
        row.put("source", source);
        row.put("demo", false);
        return row;
    }

    private Judged award(Fields f) {
        UUID drug = drugOf(f);
        String batch = f.text("batch", 60);
        String area = f.matching("supplyArea", AREA, "应为六位地区代码");
        LocalDate from = f.date("validFrom");
        LocalDate to = f.date("validTo");
        if (f.good() && to.isBefore(from)) {
            f.wrong("validTo", "out-of-range", "执行截止日早于起始日");
        }
        Long fen = f.numberOrNothing("priceFen", 1, MOST_FEN);
        String source = f.text("source", 200);
        AwardKey key = new AwardKey(drug, batch, area);
        KnownAward line = new KnownAward(from, to, fen, source);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", ids.get());
        row.put("drug_id", drug);
        row.put("batch", batch);
        row.put("supply_area", area);
        row.put("valid_from", from.toString());
        row.put("valid_to", to.toString());
        row.put("price_fen", fen);
        row.put("source", source);
        row.put("demo", false);
        Judged judged = verdict(f, key, compared(line, known.awards().get(key)), row);
        Question question = prices.aboutFirstDay(key, line);
        if (fen != null) {
            priced(judged, drug, PriceQuestions.PROCURED, fen);
        }
        return question == null || judged.verdict() == Verdict.UNCHANGED ? judged : judged.asked(question);
    }

    private void priced(Judged judged, UUID drug, String type, long fen) {
        if (judged.verdict() == Verdict.NEW || judged.verdict() == Verdict.CORRECTION) {
            prices.said(judged.line(), drug, type, fen);
        }
    }

    private Judged price(Fields f) {
        UUID drug = drugOf(f);
        String type = f.text("kind", 20);
        if (f.good() && !PRICE_KINDS.contains(type)) {
            f.wrong("kind", "invalid-value", "只能是 procured、listed、retail、payment_standard、before 之一");
        }
        String area = f.matching("area", AREA, "应为六位地区代码");
        long fen = f.number("priceFen", 1, MOST_FEN);
        LocalDate from = f.date("inForceFrom");
        String source = f.text("source", 200);
        PriceKey key = new PriceKey(drug, type, area, from);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", ids.get());
        row.put("drug_id", drug);
        row.put("kind", type);
        row.put("area", area);
        row.put("pack_fen", fen);
        row.put("in_force_from", from.toString());
        row.put("source", source);
        row.put("demo", false);
        Judged judged = verdict(f, key, compared(new KnownPrice(fen, source), known.prices().get(key)), row);
        priced(judged, drug, type, fen);
        return judged;
    }

    private Judged volume(Fields f) {
        VolumeLines.Line line = volumes.read(f, drugOf(f));
        Judged judged = verdict(f, line.key(),
                compared(line.agreed(), known.volumes().agreed().get(line.key())), line.row());
        if (judged.verdict() == Verdict.NEW || judged.verdict() == Verdict.CORRECTION) {
            clashes.said(judged.line(), line.key(), line.agreed(), line.cycle(), line.cycleName());
        }
        return judged;
    }

    private Judged institution(Fields f) {
        InstitutionLines.Line line = institutions.read(f);
        Verdict verdict = compared(line.place(), line.there());
        Judged judged = verdict(f, line.code(), verdict, line.row());
        return verdict == Verdict.UNCHANGED || city.mayHold(line.place().point())
                ? judged
                : judged.asked(new Question("lat", "outside-the-city", "这个位置看来不在本市，请核对经纬度和坐标系"));
    }

    private Judged supplier(Fields f) {
        String account = f.matching("account", ACCOUNT, "应为 1 至 60 位字母、数字、点、下划线或连字符");
        KnownSupplier there = known.suppliers().get(account);
        KnownSupplier line = new KnownSupplier(there == null ? ids.get() : there.id(), f.text("name", 100));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", line.id());
        row.put("org", account);
        row.put("name", line.name());
        row.put("demo", false);
        return verdict(f, account, compared(line, there), row);
    }

    private Judged participation(Fields f) {
        ParticipationLines.Line line = participations.read(f);
        Judged judged = verdict(f, line.key(), compared(line.period(), line.there()), line.row());
        if (judged.verdict() != Verdict.BAD) {
            participations.keep(line);
        }
        Question question = line.question();
        return question == null ? judged : judged.asked(question);
    }

    private UUID drugOf(Fields f) {
        String code = f.matching("insuranceCode", CODE, "应为 4 至 40 位字母、数字或连字符");
        KnownDrug drug = known.drugs().get(code);
        if (drug == null && f.good()) {
            f.wrong("insuranceCode", "unknown", "目录中没有这个医保编码");
        }
        return drug == null ? new UUID(0, 0) : drug.id();
    }

    private static <T> Verdict compared(T line, @Nullable T there) {
        if (there == null) {
            return Verdict.NEW;
        }
        return line.equals(there) ? Verdict.UNCHANGED : Verdict.CORRECTION;
    }

    private Judged verdict(Fields f, Object key, Verdict verdict, Map<String, Object> row) {
        if (f.good() && !seen.add(key)) {
            f.wrong("", "duplicate", "同一内容在文件中出现两次");
        }
        return f.good()
                ? new Judged(f.line(), verdict, row, List.of())
                : new Judged(f.line(), Verdict.BAD, Map.of(), f.problems());
    }
}
