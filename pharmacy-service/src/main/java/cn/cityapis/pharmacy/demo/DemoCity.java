package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.demo.DemoCatalogue.Entry;
import cn.cityapis.pharmacy.demo.DemoInstitutions.Account;
import cn.cityapis.pharmacy.demo.DemoInstitutions.Place;
import cn.cityapis.pharmacy.demo.DemoShelves.Shelf;
import cn.cityapis.pharmacy.monitor.PriceLevel;
import cn.cityapis.pharmacy.monitor.PriceRules;
import cn.cityapis.pharmacy.money.Fen;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** The whole made-up city, and how it gets into the database. */
record DemoCity(DemoSource source, DemoCatalogue catalogue, DemoInstitutions institutions, DemoShelves shelves,
        Instant at, DemoRandom random) {

    static final String DEMO = "demo：虚构数据，仅供演示";
    private static final String AREA_SOURCE = "名称与代码：国家统计局2023年统计用区划代码；坐标：Vonng/adcode（CC BY 4.0）";
    static final String CITY = "371000";
    private static final List<String> WEEKDAYS = List.of("1", "2", "3", "4", "5", "6", "7");

    static DemoCity generate(long seed, Instant now, PriceRules.Thresholds thresholds) {
        DemoRandom random = new DemoRandom(seed);
        DemoSource source = DemoSource.read();
        DemoCatalogue catalogue = DemoCatalogue.generate(source.drugs(), random);
        DemoInstitutions institutions = DemoInstitutions.generate(source.areas(), random);
        DemoShelves shelves = DemoShelves.generate(catalogue, institutions.places(), thresholds, now, random);
        return new DemoCity(source, catalogue, institutions, shelves, now, random);
    }

    void into(Connection connection) throws SQLException {
        copyCatalogue(connection);
        copyInstitutions(connection);
        copyCycle(connection);
        copyShelves(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE drug, price, award, institution, opening_hours, stock, price_flag, price_case");
        }
    }

    private void copyCatalogue(Connection connection) throws SQLException {
        CopyIn drugs = new CopyIn("""
                drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name, pack_name,
                      maker, approval_no, insurance_code, initials, pinyin, source, demo)""");
        CopyIn awards = new CopyIn("""
                award (id, drug_id, batch, supply_area, valid_from, valid_to, price_fen, source, demo, recorded_at)""");
        CopyIn prices = new CopyIn("""
                price (id, drug_id, kind, area, pack_fen, in_force_from, source, demo, recorded_at)""");
        for (Entry e : catalogue.entries()) {
            var d = e.drug();
            drugs.row(e.id(), d.genericName(), d.form(), d.strengthValue() + d.strengthUnit(), d.strengthValue(),
                    d.strengthUnit(), d.packUnits(), d.unitName(), d.packName(), e.maker(), e.approvalNo(),
                    e.insuranceCode(), e.pinyin().initials(), e.pinyin().full(),
                    "通用名与剂型为真实药品名称；企业、编码、价格为" + DEMO, true);
            awards.row(e.award(), e.id(), "演示批次", CITY, "2025-01-01", "2028-12-31", e.procuredFen(), DEMO, true, at);
            prices.row(e.prices()[0], e.id(), "before", CITY, e.beforeFen(), "2019-01-01", DEMO, true, at);
            prices.row(e.prices()[1], e.id(), "procured", CITY, e.earlierFen(), "2023-01-01", DEMO, true, at);
            prices.row(e.prices()[2], e.id(), "procured", CITY, e.procuredFen(), "2025-01-01", DEMO, true, at);
        }
        drugs.into(connection);
        awards.into(connection);
        prices.into(connection);
    }

    private void copyInstitutions(Connection connection) throws SQLException {
        CopyIn areas = new CopyIn("area (code, name, kind, parent_code, source)");
        source.areas().forEach(a -> areas.row(a.code(), a.name(), a.kind(), a.parentCode(), AREA_SOURCE));
        areas.into(connection);
        CopyIn chains = new CopyIn("chain (id, org, name, demo)");
        institutions.chains().forEach(c -> chains.row(c.id(), c.org(), c.name(), true));
        chains.into(connection);
        CopyIn suppliers = new CopyIn("supplier (id, org, name, demo)");
        institutions.suppliers().forEach(s -> suppliers.row(s.id(), s.org(), s.name(), true));
        suppliers.into(connection);
        copyPlaces(connection, institutions.places());
    }

    /** Places, their hours, and in which programme they take part: public ones in none. */
    static void copyPlaces(Connection connection, List<Place> all) throws SQLException {
        CopyIn places = new CopyIn(
                """
                institution (id, chain_id, kind, name, address, area_code, phone, insurance_accepted, lat, lon, demo)""");
        CopyIn hours = new CopyIn("opening_hours (institution_id, weekday, opens, closes)");
        CopyIn participation = new CopyIn("participation (institution_id, programme, since)");
        for (Place p : all) {
            places.row(p.id(), p.chain(), p.kind(), p.name(), p.address(), p.areaCode(), p.phone(),
                    p.insuranceAccepted(), p.lat(), p.lon(), true);
            WEEKDAYS.forEach(day -> hours.row(p.id(), day, p.habit().opens, p.habit().closes));
            if (!p.isPublic()) {
                participation.row(p.id(), p.isStore() ? "chain_procurement" : "private_institutions", "2024-01-01");
            }
        }
        places.into(connection);
        hours.into(connection);
        participation.into(connection);
    }

    private void copyCycle(Connection connection) throws SQLException {
        var cycle = random.id();
        new CopyIn("purchase_cycle (id, name, valid_from, valid_to, demo)")
                .row(cycle, "演示采购周期（虚构）", "2026-01-01", "2026-12-31", true)
                .into(connection);
        CopyIn volumes = new CopyIn("agreed_volume (cycle_id, chain_id, drug_id, matched_by, packs)");
        for (Account chain : institutions.chains()) {
            for (Entry e : catalogue.entries()) {
                volumes.row(cycle, chain.id(), e.id(), random.chance(0.8) ? "brand" : "any_winner",
                        random.chance(0.1) ? 0 : random.between(1, 40) * 100);
            }
        }
        volumes.into(connection);
    }

    private void copyShelves(Connection connection) throws SQLException {
        CopyIn reports = new CopyIn("demo_report (institution_id, drug_id, quantity, price, reported_at)");
        CopyIn flags = new CopyIn("""
                price_flag (institution_id, drug_id, level, retail_price_fen, procured_fen, above_bp, reported_at)""");
        CopyIn cases = new CopyIn("""
                price_case (id, institution_id, drug_id, state, retail_price_fen, procured_fen, opened_at)""");
        for (Shelf s : shelves.shelves()) {
            long procured = s.medicine().procuredFen();
            reports.row(s.place().id(), s.medicine().id(), s.quantity(), s.retailFen(), s.reportedAt());
            if (s.level() != PriceLevel.GREEN) {
                flags.row(s.place().id(), s.medicine().id(), s.level().code(), s.retailFen(), procured,
                        PriceRules.aboveBp(new Fen(s.retailFen()), new Fen(procured)), s.reportedAt());
            }
            if (s.level() == PriceLevel.RED) {
                cases.row(random.id(), s.place().id(), s.medicine().id(), "open", s.retailFen(), procured,
                        s.reportedAt());
            }
        }
        copyStock(connection, reports);
        flags.into(connection);
        cases.into(connection);
    }

    static void copyStock(Connection connection, CopyIn reports) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TEMPORARY TABLE demo_report (institution_id uuid, drug_id uuid, quantity int, price bigint,
                                                        reported_at timestamptz) ON COMMIT DROP
                    """);
            reports.into(connection);
            statement.execute("""
                    INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at,
                                       reported_by)
                    SELECT i.id, r.drug_id, i.position, r.quantity, r.price, r.reported_at, 'demo'
                      FROM demo_report r JOIN institution i ON i.id = r.institution_id
                     ORDER BY r.drug_id
                    """);
        }
    }
}
