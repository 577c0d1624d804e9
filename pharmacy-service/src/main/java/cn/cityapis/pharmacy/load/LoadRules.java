package cn.cityapis.pharmacy.load;

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

    private static final String ACCOUNT = "[A-Za-z0-9._-]{1,60}";
    private static final String AREA = "\\d{6}";
    private static final Set<String> PRICE_KINDS = Set.of("procured", "listed", "retail", "payment_standard",
            "before");
    private static final long MOST_FEN = 100_000_000;

    private final ImportKind kind;
    private final CatalogueState known;
    private final Supplier<UUID> ids;
    private final Set<Object> seen = new HashSet<>();
    private final DrugLines drugs;
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
        this.drugs = new DrugLines(known.drugs(), ids);
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
            case DRUGS, DECOCTION_PIECES, CONSUMABLES, INSTITUTIONS, SUPPLIERS, PARTICIPATIONS -> judged;
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
            case DRUGS -> drug(fields, drugs.medicine(fields));
            case DECOCTION_PIECES -> drug(fields, drugs.decoctionPiece(fields));
            case CONSUMABLES -> drug(fields, drugs.device(fields));
            case AWARDS -> award(fields);
            case PRICES -> price(fields);
            case VOLUMES -> volume(fields);
            case INSTITUTIONS -> institution(fields);
            case SUPPLIERS -> supplier(fields);
            case PARTICIPATIONS -> participation(fields);
        };
    }

    private Judged drug(Fields f, DrugLines.Line line) {
        Judged judged = verdict(f, "drug " + line.code(), line.verdict(), line.row());
        Question question = line.question();
        return question == null ? judged : judged.asked(question);
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
        String code = f.matching("insuranceCode", DrugLines.CODE, DrugLines.CODE_IN_WORDS);
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
