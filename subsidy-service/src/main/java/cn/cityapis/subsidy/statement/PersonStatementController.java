package cn.cityapis.subsidy.statement;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.clawback.Clawbacks;
import cn.cityapis.subsidy.payment.Payments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All that one person was granted, has got, and has to give back. */
@RestController
@RequestMapping("/api/subsidy/v1/statements")
@Tag(name = "发放")
class PersonStatementController {

    private final ApplicationReader applications;
    private final Payments payments;
    private final Clawbacks clawbacks;

    PersonStatementController(ApplicationReader applications, Payments payments, Clawbacks clawbacks) {
        this.applications = applications;
        this.payments = payments;
        this.clawbacks = clawbacks;
    }

    @Schema(description = "本人全部申请的对账单")
    record PersonStatement(@Schema(description = "批准总额（分）", example = "18000000") long grantedFen,
            @Schema(description = "已发放（分）", example = "500000") long paidFen,
            @Schema(description = "尚待发放（分）", example = "17500000") long toComeFen,
            @Schema(description = "应归还（分）", example = "0") long claimedFen,
            @Schema(description = "已归还（分）", example = "0") long repaidFen,
            @Schema(description = "各份申请") List<StatementController.Statement> items) {

        static PersonStatement of(List<StatementController.Statement> items) {
            return new PersonStatement(sum(items, StatementController.Statement::grantedFen),
                    sum(items, StatementController.Statement::paidFen),
                    sum(items, StatementController.Statement::toComeFen),
                    sum(items, StatementController.Statement::claimedFen),
                    sum(items, StatementController.Statement::repaidFen), items);
        }

        private static long sum(List<StatementController.Statement> items,
                ToLongFunction<StatementController.Statement> fen) {
            return items.stream().mapToLong(fen).reduce(0, Math::addExact);
        }
    }

    @GetMapping
    @Access(scope = "subsidy.read", citizen = true)
    @Operation(operationId = "getPersonStatement", summary = "读取本人的对账单", description = "本人全部申请的批准、发放、追回与归还。")
    Mono<PersonStatement> mine(Caller caller) {
        return applications.ownedBy(caller.subject()).flatMapMany(Flux::fromIterable).concatMap(this::statement)
                .collectList().map(PersonStatement::of);
    }

    private Mono<StatementController.Statement> statement(Application it) {
        return Mono.zip(payments.of(it.id()), payments.openOf(it.id()), clawbacks.of(it.id()))
                .map(all -> StatementRules.statement(it, all.getT1(), all.getT2(), all.getT3()));
    }
}
