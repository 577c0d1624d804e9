package cn.cityapis.pharmacy.bargain;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "议价参考", description = "同一药品各采购方的实际采购价")
class BargainController {

    private final DatabaseClient database;
    private final Drugs drugs;
    private final Parties parties;
    private final Clock clock;

    BargainController(DatabaseClient database, Drugs drugs, Parties parties, Clock clock) {
        this.database = database;
        this.drugs = drugs;
        this.parties = parties;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/drugs/{drugId}/purchases")
    @Access(scope = "pharmacy.read", roles = {"chain", "city", "admin", "auditor"})
    @Operation(operationId = "comparePurchases", summary = "同一药品各采购方的采购价", description = "近12个月已验收的采购，同通用名、剂型、规格，按最小单位比较，最便宜的在前。采购方只看到自己的名称，其他采购方不显示名称。")
    Mono<Comparison> compare(Caller caller, @Parameter(description = "药品编号") @PathVariable UUID drugId) {
        return parties.of(caller).flatMap(party -> drugs.find(drugId)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")))
                .flatMap(drug -> purchases(drug, party).map(items -> new Comparison(drug, items))));
    }

    private Mono<List<Purchases>> purchases(Drug drug, Party party) {
        OffsetDateTime since = LocalDate.now(clock).minusMonths(12).atStartOfDay(clock.getZone()).toOffsetDateTime();
        return database.sql("""
                SELECT o.chain_id, c.name, k.maker, sum(p.quantity - p.returned)::bigint AS packs,
                       sum((p.quantity - p.returned) * l.price_fen)::bigint AS fen,
                       round(sum((p.quantity - p.returned) * l.price_fen)::numeric / 100
                             / sum((p.quantity - p.returned) * k.pack_units), 4) AS unit_yuan,
                       max(v.decided_at) AS last_at
                  FROM delivery v
                  JOIN purchase_order o ON o.id = v.order_id
                  JOIN chain c ON c.id = o.chain_id
                  JOIN delivery_line p ON p.delivery_id = v.id
                  JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no
                  JOIN drug k ON k.id = l.drug_id
                  JOIN drug d ON d.id = :drug AND k.generic_name = d.generic_name AND k.form = d.form
                             AND k.strength_value = d.strength_value AND k.strength_unit = d.strength_unit
                 WHERE v.state = 'accepted' AND v.decided_at >= :since AND p.quantity > p.returned
                 GROUP BY o.chain_id, c.name, k.maker
                 ORDER BY unit_yuan, o.chain_id, k.maker
                """)
                .bind("drug", drug.drugId())
                .bind("since", since)
                .map(row -> purchases(row, party))
                .all()
                .collectList();
    }

    private static Purchases purchases(Readable row, Party party) {
        boolean named = !(party instanceof Party.Chain(UUID id)) || id.equals(row.get("chain_id", UUID.class));
        return new Purchases(named ? row.get("name", String.class) : "其他采购方", row.get("maker", String.class),
                row.get("packs", Long.class), new Fen(row.get("fen", Long.class)),
                row.get("unit_yuan", BigDecimal.class).toPlainString(),
                row.get("last_at", OffsetDateTime.class));
    }

    @Schema(name = "PurchaseComparison", description = "同一药品各采购方的采购价，最便宜的在前")
    record Comparison(Drug drug, List<Purchases> items) {
    }

    @Schema(name = "BuyerPurchases", description = "一个采购方向一个厂家的采购")
    record Purchases(@Schema(description = "采购方；他人的不显示名称", example = "其他采购方") String buyer,
            @Schema(description = "生产企业") String maker, @Schema(description = "数量（包装）", example = "1200") long packs,
            @Schema(description = "金额（分）", implementation = Long.class, example = "882000") Fen amountFen,
            @Schema(description = "平均采购价（元/最小单位，四位小数）", type = "string", example = "0.2450") String unitPrice,
            @Schema(description = "最近一次验收") OffsetDateTime lastAcceptedAt) {
    }
}
