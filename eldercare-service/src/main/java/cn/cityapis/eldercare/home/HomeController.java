package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.PublicQueueLine;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Homes, free beds and the public queue. */
@RestController
@RequestMapping("/api/eldercare/v1/homes")
@Tag(name = "养老机构", description = "公办养老机构、空床与公示的轮候队列")
class HomeController {

    private final Homes homes;
    private final Waitlist waitlist;
    private final RuleBooks books;
    private final HomeAccess access;

    HomeController(Homes homes, Waitlist waitlist, RuleBooks books, HomeAccess access) {
        this.homes = homes;
        this.waitlist = waitlist;
        this.books = books;
        this.access = access;
    }

    @GetMapping
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listHomes", summary = "查询养老机构及空床", description = "实时空床与各通道排队人数（第二十五条、第二十七条）。")
    Mono<Page<HomeView>> list(
            @Parameter(description = "区划代码", example = "371002") @RequestParam(name = "district", required = false) @Pattern(regexp = "\\d{6}", message = "应为六位区划代码") @Nullable String district,
            @Parameter(description = "床位类型", example = "NURSING") @RequestParam(name = "bedKind", required = false) @Nullable BedKind bedKind,
            @Parameter(description = "只看有空床的", example = "true") @RequestParam(name = "onlyFree", defaultValue = "false") boolean onlyFree,
            PageRequest page) {
        Homes.Place after = page.isFirst() ? null : place(page);
        return homes.page(new Homes.Filter(district, bedKind, onlyFree), after, page.rowsToRead())
                .map(rows -> Page.of(rows, page, home -> List.of(home.districtCode(), home.code())))
                .flatMap(found -> views(found.items()).map(views -> new Page<>(views, found.nextCursor())));
    }

    @GetMapping("/{homeId}")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getHome", summary = "查看一家养老机构", description = "地址、坐标、接待时间、床位类型与空床、收费项目和各通道排队人数，均为公开信息。homeId 取自 listHomes。")
    Mono<ResponseEntity<HomeView>> get(@PathVariable("homeId") UUID homeId) {
        return homes.get(homeId).flatMap(home -> views(List.of(home))
                .map(views -> ResponseEntity.ok().eTag(ETags.of(home.version())).body(views.getFirst())));
    }

    @GetMapping("/{homeId}/beds")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "listBeds", summary = "本机构床位（机构人员）", description = "按床位号排序；可以只列某一种状态的床位。")
    Mono<Page<Bed>> beds(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "床位状态", example = "FREE") @RequestParam(name = "state", required = false) Bed.@Nullable State state,
            PageRequest page, Caller caller) {
        return access.own(caller, homeId)
                .flatMap(home -> homes.beds(homeId, state, page.isFirst() ? null : page.after().getFirst(),
                        page.rowsToRead()))
                .map(rows -> Page.of(rows, page, bed -> List.of(bed.label())));
    }

    @GetMapping("/{homeId}/free-beds")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listFreeBeds", summary = "一家机构的空床（公示）", description = "实时；应急床位单列标明，只用于周转、应急、临时安置和特殊保障通道（第二十五条）。")
    Mono<List<FreeBed>> freeBeds(@PathVariable("homeId") UUID homeId) {
        return homes.get(homeId).then(homes.free(homeId)).map(beds -> beds.stream().map(FreeBed::of).toList());
    }

    @GetMapping("/{homeId}/queue")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listPublicQueue", summary = "公示的轮候队列", description = "按轮候次序；只含排队号、通道、申请月份和姓氏（第二十七条）。")
    Mono<Page<PublicQueueLine>> queue(@PathVariable("homeId") UUID homeId, PageRequest page) {
        Waitlist.Place after = page.isFirst() ? null : queuePlace(page);
        return homes.get(homeId)
                .flatMap(home -> waitlist.inOrder(homeId, after, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, entry -> List.of(String.valueOf(entry.channel().rank()),
                        entry.appliedAt().toString(), entry.id().toString())))
                .map(found -> new Page<>(found.items().stream().map(PublicQueueLine::of).toList(), found.nextCursor()));
    }

    private Mono<List<HomeView>> views(List<Home> found) {
        List<UUID> ids = found.stream().map(Home::id).toList();
        return Mono.zip(homes.counts(ids), waitlist.counts(ids), books.current())
                .map(known -> found.stream()
                        .map(home -> view(home,
                                known.getT1().stream().filter(count -> count.homeId().equals(home.id())).toList(),
                                known.getT2().getOrDefault(home.id(), Map.of()), known.getT3()))
                        .toList());
    }

    private HomeView view(Home home, List<Homes.TypeCount> beds, Map<Channel, Long> waiting,
            RuleBook book) {
        Map<Channel, Long> queue = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            queue.put(channel, waiting.getOrDefault(channel, 0L));
        }
        return new HomeView(home.id(), home.code(), home.name(), home.kind(), home.districtCode(), home.districtName(),
                home.address(), home.phone(), home.openingHours(), home.lat(), home.lon(), "wgs84", home.feeItems(),
                beds.stream()
                        .map(count -> new HomeView.BedCount(count.type().kind(), count.type().levels(),
                                count.type().monthlyFeeFen(), count.total(), count.free()))
                        .toList(),
                sum(beds, Homes.TypeCount::emergency), sum(beds, Homes.TypeCount::freeEmergency),
                sum(beds, Homes.TypeCount::free), queue, queue.values().stream().mapToLong(Long::longValue).sum(),
                home.closedAt(), book.cite(25), books.shown(book), home.demo());
    }

    private static long sum(List<Homes.TypeCount> beds, Function<Homes.TypeCount, Long> part) {
        return beds.stream().map(part).mapToLong(Long::longValue).sum();
    }

    private static Homes.Place place(PageRequest page) {
        if (page.after().size() != 2) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        return new Homes.Place(page.after().get(0), page.after().get(1));
    }

    private static Waitlist.Place queuePlace(PageRequest page) {
        try {
            return new Waitlist.Place(Short.parseShort(page.after().get(0)), Instant.parse(page.after().get(1)),
                    UUID.fromString(page.after().get(2)));
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
