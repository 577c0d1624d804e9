package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.catalogue.Pinyin;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Medicines with real names and forms; makers, codes, awards and prices are made up. */
record DemoCatalogue(List<Entry> entries) {

    /** The one medicine whose prices were in the newspaper, if only roughly. */
    static final String ACARBOSE = "阿卡波糖片";
    /** 七块多 a box; the exact figure was not told, so this one is made up within what was. */
    private static final long ACARBOSE_PROCURED_FEN = 735;
    /** 五六十元 a box. */
    private static final long ACARBOSE_BEFORE_FEN = 5580;

    private static final String[] NUMERALS = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"};

    record Entry(UUID id, DemoSource.DemoDrug drug, Pinyin pinyin, String maker, String approvalNo,
            String insuranceCode, UUID award, UUID[] prices, long beforeFen, long earlierFen, long procuredFen) {
    }

    static DemoCatalogue generate(List<DemoSource.DemoDrug> drugs, DemoRandom random) {
        List<Entry> entries = new ArrayList<>();
        for (DemoSource.DemoDrug drug : drugs) {
            entries.add(entry(entries.size() + 1, drug, random));
        }
        return new DemoCatalogue(List.copyOf(entries));
    }

    private static Entry entry(int number, DemoSource.DemoDrug drug, DemoRandom random) {
        boolean acarbose = drug.genericName().equals(ACARBOSE);
        long before = acarbose ? ACARBOSE_BEFORE_FEN : random.between(80, 1200) * 10L;
        long procured = acarbose ? ACARBOSE_PROCURED_FEN : Math.max(95, Math.round(before * random.between(0.08, 0.6)));
        long earlier = Math.round(procured * 1.12);
        String maker = "演示制药" + NUMERALS[random.between(0, NUMERALS.length - 1)] + "厂（虚构）";
        char letter = drug.genericName().contains("胰岛素") ? 'S' : 'H';
        return new Entry(random.id(), drug, Pinyin.of(drug.genericName()), maker,
                "国药准字" + letter + (99_000_000 + number), "DEMO-%04d".formatted(number), random.id(),
                new UUID[]{random.id(), random.id(), random.id()}, before, earlier, procured);
    }
}
