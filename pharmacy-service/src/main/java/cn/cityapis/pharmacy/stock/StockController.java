package cn.cityapis.pharmacy.stock;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "库存与零售价", description = "由连锁企业系统成批上报")
class StockController {

    private final ReportStock reportStock;
    private final Idempotency idempotency;

    StockController(ReportStock reportStock, Idempotency idempotency) {
        this.reportStock = reportStock;
        this.idempotency = idempotency;
    }

    @PostMapping("/api/pharmacy/v1/stock-reports")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "reportStock", summary = "成批上报库存与零售价", description = "只能上报本企业的门店；有自己账户的医院、诊所上报本机构。整批生效或整批退回；同一门店同一药品以较新的上报为准，与到达顺序无关。")
    Mono<ResponseEntity<ReportStock.Outcome>> report(Caller caller, IdempotencyKey key, @RequestBody Batch batch) {
        return idempotency.execute(key, batch,
                () -> reportStock
                        .batch(caller, batch.reports(), Boolean.TRUE.equals(batch.pricesConfirmed()))
                        .map(ResponseEntity::ok));
    }

    @Schema(name = "StockReportBatch", description = "一批上报，至多 4000 条")
    record Batch(
            @Schema(description = "各门店、各药品的库存") @NotNull @Size(min = 1, max = 4000) List<@NotNull @Valid ShelfReport> reports,
            @Schema(description = "可疑的价格已核实无误，请照收", example = "false") @Nullable Boolean pricesConfirmed) {
    }
}
