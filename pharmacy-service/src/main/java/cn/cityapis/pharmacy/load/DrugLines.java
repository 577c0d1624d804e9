package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.catalogue.Pinyin;
import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.load.CatalogueState.KnownDrug;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads lines about medicines, and about the decoction pieces, consumables and reagents that stand beside them. */
final class DrugLines {

    static final String CODE = "[A-Za-z0-9-]{4,40}";
    static final String CODE_IN_WORDS = "应为 4 至 40 位字母、数字或连字符";
    private static final String APPROVAL = "国药准字[A-Z]\\d{8}";
    /** ×械注×××××××××××× and ×械备××××××××, as 医疗器械注册管理办法 (2014) lays them out: who registered it, how it came in, year, class, group, number. */
    private static final String REGISTRATION = "[一-龥]械注[准进许]\\d{11}|[一-龥]{1,2}械备\\d{8}号?";
    private static final String REGISTRATION_IN_WORDS = "应为注册证编号（如“国械注准20153660001”）或备案编号（如“鲁威械备20180012”）";

    /** 中药饮片标签管理规定 (2023): a label names the standard, and the approval of those that need one. */
    private static final String STANDARD = "国药准字Z\\d{8}|(?=.{4,60}$).*(药典|炮制规范|标准).*";

    private static final Set<ProductKind> DEVICES = EnumSet.of(ProductKind.CONSUMABLE, ProductKind.REAGENT);

    private final Map<String, KnownDrug> known;
    private final Supplier<UUID> ids;

    /** @param known by insurance code */
    DrugLines(Map<String, KnownDrug> known, Supplier<UUID> ids) {
        this.known = known;
        this.ids = ids;
    }

    /** What a line says, and the columns of its row; of use only if nothing was found wrong with it. */
    record Line(String code, Verdict verdict, Map<String, Object> row, @Nullable Question question) {
    }

    Line medicine(Fields f) {
        return line(f, new KnownDrug(ids.get(), ProductKind.MEDICINE, f.text("genericName", 100), f.text("form", 40),
                f.positive("strengthValue"), f.text("strengthUnit", 20), (int) f.number("packUnits", 1, 100_000),
                f.text("unitName", 10), f.text("packName", 10), f.text("maker", 100),
                f.matching("approvalNo", APPROVAL, "应为“国药准字”加一个大写字母和八位数字")));
    }

    Line decoctionPiece(Fields f) {
        return line(f, new KnownDrug(ids.get(), ProductKind.DECOCTION_PIECE, f.text("genericName", 100), "中药饮片",
                BigDecimal.ONE, f.text("grade", 100), (int) f.number("packUnits", 1, 100_000),
                f.text("unitName", 10), f.text("packName", 10), f.text("maker", 100),
                f.matching("standard", STANDARD, "应为执行标准（如“中国药典2025年版一部”），实施审批管理的为“国药准字Z”加八位数字")));
    }

    Line device(Fields f) {
        ProductKind kind = kind(f);
        boolean reagent = kind == ProductKind.REAGENT;
        return line(f, new KnownDrug(ids.get(), kind, f.text("genericName", 100), f.text("category", 40),
                BigDecimal.ONE, f.text("model", 100), (int) f.number("packUnits", 1, 100_000),
                f.text("unitName", 10), f.text("packName", 10), f.text("maker", 100),
                f.matching("registrationNo", reagent ? REGISTRATION + "|国药准字S\\d{8}" : REGISTRATION,
                        reagent ? REGISTRATION_IN_WORDS + "，按药品管理的试剂为“国药准字S”加八位数字" : REGISTRATION_IN_WORDS)));
    }

    private static ProductKind kind(Fields f) {
        String said = f.text("kind", 20);
        Optional<ProductKind> kind = ProductKind.parse(said).filter(DEVICES::contains);
        if (kind.isEmpty() && !said.isEmpty()) {
            f.wrong("kind", "invalid-value", "只能是 consumable（耗材）、reagent（试剂）之一；药品、中药饮片另有各自的文件");
        }
        return kind.orElse(ProductKind.CONSUMABLE);
    }

    private Line line(Fields f, KnownDrug line) {
        String code = f.matching("insuranceCode", CODE, CODE_IN_WORDS);
        String source = f.text("source", 200);
        Pinyin pinyin = Pinyin.of(line.genericName());
        if (f.good() && !pinyin.initials().matches("[a-z0-9]+")) {
            f.wrong("genericName", "wrong-type", "应含汉字、字母或数字");
        }
        KnownDrug there = known.get(code);
        if (there != null && there.kind() != line.kind()) {
            f.wrong("insuranceCode", "differs",
                    "这个医保编码在目录中是" + there.kind().chinese() + "“" + there.genericName() + "”");
        }
        return new Line(code, verdict(line, there),
                row(there == null ? line : line.withId(there.id()), code, source, pinyin),
                there == null || line.isSamePack(there) ? null : differs(there));
    }

    private static Verdict verdict(KnownDrug line, @Nullable KnownDrug there) {
        if (there == null) {
            return Verdict.NEW;
        }
        return line.like(there).equals(there) ? Verdict.UNCHANGED : Verdict.CORRECTION;
    }

    private static Question differs(KnownDrug there) {
        return new Question("insuranceCode", "differs", "这个医保编码在目录中是“" + there.genericName() + " " + there.strength()
                + "×" + there.packUnits() + "”，更正将改变单价、约定量和复核，请核对");
    }

    private static Map<String, Object> row(KnownDrug d, String code, String source, Pinyin pinyin) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", d.id());
        row.put("kind", d.kind().stored());
        row.put("generic_name", d.genericName());
        row.put("form", d.form());
        row.put("strength", d.strength());
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
}
