package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "送货与验收", description = "验收之日起计算结算期限")
class DeliveryListController {

    private static final UUID LAST = new UUID(-1, -1);
    private static final Set<String> STATES = Set.of("delivered", "accepted", "rejected", "withdrawn");

    private final DeliveryList deliveries;
    private final Parties parties;

    DeliveryListController(DeliveryList deliveries, Parties parties) {
        this.deliveries = deliveries;
        this.parties = parties;
    }

    @GetMapping("/api/pharmacy/v1/deliveries")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listDeliveries", summary = "送货单列表", description = "新的在前。采购方和供货企业只看到自己的。不声不响不等于验收：未验收的没有结算单，过期未决的在此可查，并提醒双方和医保部门。")
    Mono<Page<DeliveryList.Summary>> list(Caller caller,
            @Parameter(description = "状态；delivered 为尚未验收或拒收的", schema = @Schema(allowableValues = {"delivered",
                    "accepted", "rejected", "withdrawn"})) @RequestParam(required = false) @Nullable String state,
            @Parameter(description = "只列过期未验收或拒收的") @RequestParam(defaultValue = "false") boolean overdue,
            PageRequest page) {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这种送货单状态", List.of(new Violation("?state",
                    "invalid-value", "只能是 delivered、accepted、rejected、withdrawn 之一")));
        }
        UUID before = before(page);
        return parties.of(caller)
                .flatMap(party -> deliveries.of(party, state, overdue, before, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, row -> List.of(row.deliveryId().toString())));
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
