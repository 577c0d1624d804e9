package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.load.CatalogueState.AwardKey;
import cn.cityapis.pharmacy.load.CatalogueState.KnownAward;
import cn.cityapis.pharmacy.load.CatalogueState.KnownDrug;
import cn.cityapis.pharmacy.load.CatalogueState.KnownPrice;
import cn.cityapis.pharmacy.load.CatalogueState.KnownSupplier;
import cn.cityapis.pharmacy.load.CatalogueState.PriceKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads what the catalogue knows of the medicines in a file. */
@Repository
class CatalogueStates {

    private final DatabaseClient database;
    private final VolumeStates volumes;
    private final InstitutionStates institutions;
    private final ParticipationStates participations;

    CatalogueStates(DatabaseClient database, VolumeStates volumes, InstitutionStates institutions,
            ParticipationStates participations) {
        this.database = database;
        this.volumes = volumes;
        this.institutions = institutions;
        this.participations = participations;
    }

    /** @param codes of medicines, of institutions, or accounts of suppliers: of what the file is about */
    Mono<CatalogueState> of(ImportKind kind, Collection<String> codes) {
        return version().map(CatalogueState::empty).flatMap(empty -> switch (kind) {
            case INSTITUTIONS -> institutions.of(codes).map(empty::with);
            case SUPPLIERS -> suppliers(codes).map(empty::withSuppliers);
            case PARTICIPATIONS -> participations.of(codes).map(empty::with);
            case DRUGS, DECOCTION_PIECES, CONSUMABLES, AWARDS, PRICES, VOLUMES -> drugs(codes)
                    .flatMap(known -> aboutDrugs(kind, empty.with(known)));
        });
    }

    private Mono<CatalogueState> aboutDrugs(ImportKind kind, CatalogueState state) {
        UUID[] ids = state.drugs().values().stream().map(KnownDrug::id).toArray(UUID[]::new);
        return switch (kind) {
            case DRUGS, DECOCTION_PIECES, CONSUMABLES, INSTITUTIONS, SUPPLIERS, PARTICIPATIONS -> Mono.just(state);
            case AWARDS, PRICES -> awards(ids).map(state::withAwards).flatMap(awarded -> prices(ids)
                    .flatMap(
                            prices -> asked(ids, current(prices)).map(current -> awarded.withPrices(prices, current))));
            case VOLUMES -> volumes.of(ids).map(state::with);
        };
    }

    private Mono<Long> version() {
        return database.sql("SELECT number FROM catalogue_version").map(row -> row.get("number", Long.class)).one();
    }

    private Mono<Map<String, KnownSupplier>> suppliers(Collection<String> accounts) {
        return database.sql("SELECT org, id, name FROM supplier WHERE org = ANY(:accounts)")
                .bind("accounts", accounts.toArray(String[]::new))
                .map(row -> Map.entry(row.get("org", String.class),
                        new KnownSupplier(row.get("id", UUID.class), row.get("name", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<String, KnownDrug>> drugs(Collection<String> codes) {
        return database.sql("""
                SELECT id, generic_name, form, strength_value, strength_unit, pack_units, unit_name, pack_name, maker,
                       approval_no, insurance_code, kind
                  FROM drug WHERE insurance_code = ANY(:codes)
                """)
                .bind("codes", codes.toArray(String[]::new))
                .map(row -> Map.entry(row.get("insurance_code", String.class),
                        new KnownDrug(row.get("id", UUID.class),
                                ProductKind.ofStored(row.get("kind", String.class)),
                                row.get("generic_name", String.class),
                                row.get("form", String.class), row.get("strength_value", BigDecimal.class),
                                row.get("strength_unit", String.class), row.get("pack_units", Integer.class),
                                row.get("unit_name", String.class), row.get("pack_name", String.class),
                                row.get("maker", String.class), row.get("approval_no", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<AwardKey, KnownAward>> awards(UUID[] drugs) {
        return database.sql("""
                SELECT DISTINCT ON (drug_id, batch, supply_area) drug_id, batch, supply_area, valid_from, valid_to,
                       price_fen, source
                  FROM award WHERE drug_id = ANY(:drugs)
                 ORDER BY drug_id, batch, supply_area, recorded_at DESC, id DESC
                """)
                .bind("drugs", drugs)
                .map(row -> Map.entry(
                        new AwardKey(row.get("drug_id", UUID.class), row.get("batch", String.class),
                                row.get("supply_area", String.class)),
                        new KnownAward(row.get("valid_from", LocalDate.class), row.get("valid_to", LocalDate.class),
                                row.get("price_fen", Long.class), row.get("source", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<PriceKey, KnownPrice>> prices(UUID[] drugs) {
        return database.sql("""
                SELECT DISTINCT ON (drug_id, kind, area, in_force_from) drug_id, kind, area, in_force_from, pack_fen, source
                  FROM price WHERE drug_id = ANY(:drugs)
                 ORDER BY drug_id, kind, area, in_force_from, recorded_at DESC, id DESC
                """)
                .bind("drugs", drugs)
                .map(row -> Map.entry(
                        new PriceKey(row.get("drug_id", UUID.class), row.get("kind", String.class),
                                row.get("area", String.class), row.get("in_force_from", LocalDate.class)),
                        new KnownPrice(row.get("pack_fen", Long.class), row.get("source", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    /** The same with what the middle seller asks. */
    private Mono<Map<PriceKey, Long>> asked(UUID[] drugs, Map<PriceKey, Long> current) {
        return database.sql("SELECT drug_id, median_fen FROM retail_median WHERE drug_id = ANY(:drugs)")
                .bind("drugs", drugs)
                .map(row -> Map.entry(new PriceKey(row.get("drug_id", UUID.class), "retail", "", null),
                        row.get("median_fen", Long.class)))
                .all()
                .collectMap(Entry::getKey, Entry::getValue, () -> current);
    }

    /** Of each medicine, type and area the price of the latest day. */
    private static Map<PriceKey, Long> current(Map<PriceKey, KnownPrice> prices) {
        Map<PriceKey, LocalDate> latest = new HashMap<>();
        Map<PriceKey, Long> current = new HashMap<>();
        prices.forEach((key, price) -> {
            PriceKey any = new PriceKey(key.drug(), key.kind(), key.area(), null);
            LocalDate day = key.from() == null ? LocalDate.MIN : key.from();
            if (!day.isBefore(latest.getOrDefault(any, LocalDate.MIN))) {
                latest.put(any, day);
                current.put(any, price.fen());
            }
        });
        return current;
    }
}
