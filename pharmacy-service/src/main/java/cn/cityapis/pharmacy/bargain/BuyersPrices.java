package cn.cityapis.pharmacy.bargain;

import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What each buyer paid for a medicine and for those that are the same but for maker and pack, in the database. */
@Repository
class BuyersPrices {

    private final DatabaseClient database;

    BuyersPrices(DatabaseClient database) {
        this.database = database;
    }

    /** The cheapest by the smallest unit first; a buyer sees the others unnamed. */
    Mono<List<BuyerPrice>> since(OffsetDateTime since, UUID drug, Party seenBy) {
        return database.sql("""
                SELECT l.chain_id, c.name, k.maker, sum(p.packs) AS packs, sum(p.packs * l.price_fen)::bigint AS fen,
                       round(sum(p.packs * l.price_fen)::numeric / 100 / sum(p.packs::bigint * k.pack_units), 4) AS unit_yuan,
                       max(p.decided_at) AS last_at
                  FROM drug d
                  JOIN drug k ON k.generic_name = d.generic_name AND k.form = d.form
                             AND k.strength_value = d.strength_value AND k.strength_unit = d.strength_unit
                  JOIN order_line l ON l.drug_id = k.id
                  JOIN chain c ON c.id = l.chain_id
                  JOIN accepted_line p ON p.order_id = l.order_id AND p.line_no = l.line_no AND p.packs > 0
                   AND p.decided_at >= :since
                 WHERE d.id = :drug
                 GROUP BY l.chain_id, c.name, k.maker
                 ORDER BY unit_yuan, l.chain_id, k.maker
                """)
                .bind("drug", drug)
                .bind("since", since)
                .map(row -> price(row, seenBy))
                .all()
                .collectList();
    }

    private static BuyerPrice price(Readable row, Party seenBy) {
        boolean named = !(seenBy instanceof Party.Chain(UUID id)) || id.equals(row.get("chain_id", UUID.class));
        return new BuyerPrice(named ? row.get("name", String.class) : "其他采购方", row.get("maker", String.class),
                row.get("packs", Long.class), new Fen(row.get("fen", Long.class)),
                row.get("unit_yuan", BigDecimal.class).setScale(4).toPlainString(),
                row.get("last_at", OffsetDateTime.class));
    }
}
