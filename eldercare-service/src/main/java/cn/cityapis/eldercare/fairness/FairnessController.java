package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For those who watch over the order: auditors, the district's office (第七条), and the home itself. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/fairness-check")
@Tag(name = "公平性校验", description = "由事件历史重演队列，证明每份入住通知没有跳过排在前面的人，或逐项指出不符")
class FairnessController {

    private final CheckFairness check;
    private final Homes homes;

    FairnessController(CheckFairness check, Homes homes) {
        this.check = check;
        this.homes = homes;
    }

    @GetMapping
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "auditor"})
    @Operation(operationId = "checkFairness", summary = "校验一家机构的轮候次序", description = "重演自登记之始的全部事件；通知只核对、列出期间内的，登记是否完整总是整体核对。结果只含排队号，不含个人信息。")
    Mono<FairnessReport> check(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "起始日（含）", example = "2026-11-01") @RequestParam(name = "from", required = false) @Nullable LocalDate from,
            @Parameter(description = "截止日（含）", example = "2026-11-30") @RequestParam(name = "to", required = false) @Nullable LocalDate to,
            Caller caller) {
        Violations violations = new Violations();
        if (from != null && to != null && from.isAfter(to)) {
            violations.add("/to", "out-of-range", "截止日不能早于起始日");
        }
        violations.throwIfAny();
        return homes.get(homeId)
                .filter(home -> watchesOver(caller, home))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(home -> check.of(homeId, new Period(from, to)));
    }

    private static boolean watchesOver(Caller caller, Home home) {
        return caller.hasRole("auditor") || caller.hasRole("home-operator") && caller.isOf(home.org())
                || caller.hasRole("district") && caller.isOf(home.districtCode());
    }
}
