package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.table.TableException;
import cn.cityapis.pharmacy.table.Uploads;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/pharmacy/v1/stock-imports")
@Tag(name = "库存与零售价", description = "由连锁企业系统成批上报")
class StockImportController {

    private static final String WHAT = "只能上报本企业的门店；有自己账户的医院、诊所上报本机构。好的行生效，有问题的行逐行列出；同一门店同一药品以较新的上报为准，与到达顺序无关，重发无害。至多 200000 行、24 MiB。";

    private final Uploads uploads;
    private final ReportStock reportStock;
    private final Idempotency idempotency;

    StockImportController(Uploads uploads, ReportStock reportStock, Idempotency idempotency) {
        this.uploads = uploads;
        this.reportStock = reportStock;
        this.idempotency = idempotency;
    }

    @PostMapping(path = "/csv", consumes = "text/csv")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "importStockCsv", summary = "上报库存与零售价文件（CSV）", description = "列：storeId,drugId,quantity,retailPriceFen,reportedAt，首行为列名。"
            + WHAT, requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary"))))
    Mono<ResponseEntity<ReportStock.FileOutcome>> csv(Caller caller, IdempotencyKey key,
            @Parameter(description = "可疑的价格已核实无误，请照收") @RequestParam(defaultValue = "false") boolean pricesConfirmed,
            @RequestBody Flux<DataBuffer> body) {
        return take(caller, key, pricesConfirmed, body, StockFile::csv);
    }

    @PostMapping(path = "/ndjson", consumes = "application/x-ndjson")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "importStockNdjson", summary = "上报库存与零售价文件（NDJSON）", description = "每行一个 JSON 对象，字段同 CSV 的列。"
            + WHAT, requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string", format = "binary"))))
    Mono<ResponseEntity<ReportStock.FileOutcome>> ndjson(Caller caller, IdempotencyKey key,
            @Parameter(description = "可疑的价格已核实无误，请照收") @RequestParam(defaultValue = "false") boolean pricesConfirmed,
            @RequestBody Flux<DataBuffer> body) {
        return take(caller, key, pricesConfirmed, body, StockFile::ndjson);
    }

    /** The file is read off the event loop; whoever sends the same file again under the same key gets the same answer. */
    private Mono<ResponseEntity<ReportStock.FileOutcome>> take(Caller caller, IdempotencyKey key,
            boolean pricesConfirmed,
            Flux<DataBuffer> body, Function<byte[], StockFile> read) {
        return uploads.take(body, upload -> Mono.fromCallable(() -> read.apply(upload.bytes()))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(TableException.class,
                        e -> ProblemException.of(CommonProblem.VALIDATION_FAILED, String.valueOf(e.getMessage())))
                .flatMap(file -> idempotency.execute(key, upload.sha256(),
                        () -> reportStock.file(caller, file, pricesConfirmed).map(ResponseEntity::ok))));
    }
}
