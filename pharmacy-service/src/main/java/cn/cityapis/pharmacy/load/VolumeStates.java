package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.KnownVolumes.Agreed;
import cn.cityapis.pharmacy.load.KnownVolumes.Cycle;
import cn.cityapis.pharmacy.load.KnownVolumes.Key;
import cn.cityapis.pharmacy.load.KnownVolumes.Substance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads who buys, which cycles there are, and what was agreed for some medicines. */
@Repository
class VolumeStates {

    private final DatabaseClient database;

    VolumeStates(DatabaseClient database) {
        this.database = database;
    }

    Mono<KnownVolumes> of(UUID[] drugs) {
        return substances(drugs).flatMap(substances -> buyers().flatMap(buyers -> cycles()
                .flatMap(cycles -> agreed(substances.keySet().toArray(UUID[]::new))
                        .map(agreed -> new KnownVolumes(buyers, cycles, agreed, substances)))));
    }

    /** The same in any pack, of any maker, among them. */
    private Mono<Map<UUID, Substance>> substances(UUID[] drugs) {
        return database.sql("""
                SELECT DISTINCT k.id, k.generic_name, k.form, k.strength_value, k.strength_unit
                  FROM drug d
                  JOIN drug k ON k.generic_name = d.generic_name AND k.form = d.form
                             AND k.strength_value = d.strength_value AND k.strength_unit = d.strength_unit
                 WHERE d.id = ANY(:drugs)
                """)
                .bind("drugs", drugs)
                .map(row -> Map.entry(row.get("id", UUID.class),
                        new Substance(row.get("generic_name", String.class), row.get("form", String.class),
                                row.get("strength_value", BigDecimal.class), row.get("strength_unit", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<String, UUID>> buyers() {
        return database.sql("SELECT org, id FROM chain")
                .map(row -> Map.entry(row.get("org", String.class), row.get("id", UUID.class)))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<String, Cycle>> cycles() {
        return database.sql("SELECT name, id, valid_from, valid_to FROM purchase_cycle")
                .map(row -> Map.entry(row.get("name", String.class), new Cycle(row.get("id", UUID.class),
                        row.get("valid_from", LocalDate.class), row.get("valid_to", LocalDate.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<Key, Agreed>> agreed(UUID[] drugs) {
        return database.sql("""
                SELECT cycle_id, chain_id, drug_id, matched_by, packs FROM agreed_volume WHERE drug_id = ANY(:drugs)
                """)
                .bind("drugs", drugs)
                .map(row -> Map.entry(
                        new Key(row.get("cycle_id", UUID.class), row.get("chain_id", UUID.class),
                                row.get("drug_id", UUID.class)),
                        new Agreed(row.get("matched_by", String.class), row.get("packs", Integer.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }
}
