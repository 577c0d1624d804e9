package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What if there were more beds, or another order: nothing is written but that somebody asked. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/simulations")
@Tag(name = "假设推演", description = "增加床位或改变通道次序后，今后 12 个月会怎样；由过往记录随机模拟，给出范围与样本")
class SimulationController {

    private static final int RUNS = 200;

    private final HomeAccess access;
    private final Homes homes;
    private final History history;
    private final RuleBooks books;
    private final Audit audit;
    private final Clock clock;

    SimulationController(HomeAccess access, Homes homes, History history, RuleBooks books, Audit audit, Clock clock) {
        this.access = access;
        this.homes = homes;
        this.history = history;
        this.books = books;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(description = "假设；都不填即只推演现状")
    record SimulationRequest(@Schema(description = "增加的床位类型", example = "NURSING") @Nullable BedKind bedKind,
            @Schema(description = "增加几张", example = "10") @Min(value = 0, message = "不能为负") @Max(value = 1000, message = "不超过 1000") @Nullable Integer moreBeds,
            @Schema(description = "通道次序；不填即现行次序（第八条）", example = "[\"SPECIAL\",\"PRIORITY\",\"ORDINARY\"]") @Size(max = 3, message = "通道过多") @Nullable List<@NotNull(message = "不能为空") Channel> channelOrder,
            @Schema(description = "随机种子；相同的种子得到相同的结果", example = "20231") @Min(value = 0, message = "不能为负") @Max(value = 9_007_199_254_740_991L, message = "数值过大") @Nullable Long seed) {
    }

    enum Status {
        SIMULATED, NOT_ENOUGH_DATA
    }

    @Schema(description = "推演结果")
    record Simulation(@Schema(description = "状态", example = "SIMULATED") Status status,
            @Schema(description = "现状延续") @Nullable SimulationOutcome today,
            @Schema(description = "按所提假设") @Nullable SimulationOutcome whatIf,
            @Schema(description = "随机种子", example = "20231") long seed,
            @Schema(description = "模拟次数", example = "200") int runs, Sample sample,
            @Schema(description = "说明") String explanation, @Schema(description = "依据") List<Citation> basis) {
    }

    @Schema(description = "所依据的样本")
    record Sample(@Schema(description = "统计起始日", example = "2025-11-21") LocalDate from,
            @Schema(description = "统计截至日", example = "2026-11-21") LocalDate to,
            @Schema(description = "期间新进入轮候", example = "52") int arrivals,
            @Schema(description = "期间入住", example = "48") int placements,
            @Schema(description = "期间其他原因退出", example = "6") int otherEnds,
            @Schema(description = "现在轮候", example = "40") int waiting,
            @Schema(description = "现有床位（不含应急床位）", example = "158") int beds) {
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "simulateHome", summary = "推演今后 12 个月", description = "除留痕外不写入任何数据；样本不足时如实说明，不给数字。")
    Mono<Simulation> simulate(@PathVariable("homeId") UUID homeId, Caller caller,
            @RequestBody SimulationRequest request) {
        SimulationSetting setting = setting(request);
        long seed = request.seed() == null ? 20_231L : request.seed();
        return access.overseen(caller, homeId)
                .then(audit.record(caller, "simulation.run", "home", homeId.toString(),
                        Map.of("moreBeds", setting.moreBeds(), "order", setting.order())))
                .then(books.current())
                .flatMap(book -> flow(homeId, book).flatMap(flow -> Mono
                        .fromCallable(() -> answer(flow, setting, seed, book))
                        .subscribeOn(Schedulers.boundedElastic())));
    }

    private Mono<RecordedFlow> flow(UUID home, RuleBook book) {
        LocalDate from = LocalDate.now(clock).minusDays(book.options().flowDays());
        return history.of(home, from).flatMap(entries -> homes.counts(List.of(home))
                .map(types -> FlowRules.flow(entries, types, from, clock.instant())));
    }

    private static Simulation answer(RecordedFlow flow, SimulationSetting setting, long seed, RuleBook book) {
        Sample sample = new Sample(flow.from(), flow.to(), flow.arrivals().size(), flow.placements(), flow.otherEnds(),
                flow.waiting().size(), flow.allBeds());
        List<Citation> basis = List.of(book.cite(8), book.cite(20));
        return SimulationRules.tooLittle(flow, book.options().leastPlacements())
                .map(why -> new Simulation(Status.NOT_ENOUGH_DATA, null, null, seed, 0, sample, why, basis))
                .orElseGet(() -> new Simulation(Status.SIMULATED,
                        SimulationRules.simulate(flow, SimulationSetting.TODAY, seed, RUNS),
                        SimulationRules.simulate(flow, setting, seed, RUNS), seed, RUNS, sample,
                        "假定今后的申请、离院与退出和统计期相同，离院按入住所腾出的床位计；不考虑房间性别与应急床位；不是承诺", basis));
    }

    private static SimulationSetting setting(SimulationRequest request) {
        Violations violations = new Violations();
        int more = request.moreBeds() == null ? 0 : request.moreBeds();
        if (more > 0 && request.bedKind() == null) {
            violations.add("/bedKind", "missing", "请选择增加哪一种床位");
        }
        List<Channel> order = request.channelOrder() == null
                ? SimulationSetting.TODAY.order()
                : request.channelOrder();
        if (order.size() != Channel.values().length || order.stream().distinct().count() != order.size()) {
            violations.add("/channelOrder", "incomplete", "三个通道应各出现一次");
        }
        violations.throwIfAny();
        return new SimulationSetting(more == 0 ? Map.of() : Map.of(Objects.requireNonNull(request.bedKind()), more),
                List.copyOf(order));
    }
}
