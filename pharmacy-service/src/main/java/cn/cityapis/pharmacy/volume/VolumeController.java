package cn.cityapis.pharmacy.volume;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "约定采购量", description = "采购周期内的约定量与完成情况")
class VolumeController {

    private final AgreedVolumes volumes;
    private final Parties parties;
    private final Clock clock;

    VolumeController(AgreedVolumes volumes, Parties parties, Clock clock) {
        this.volumes = volumes;
        this.parties = parties;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/agreed-volumes")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "city", "admin", "auditor"})
    @Operation(operationId = "listAgreedVolumes", summary = "约定采购量与完成情况", description = "当前采购周期；完成进度与时间进度对照。采购方只看到自己的。")
    Mono<Page<AgreedVolume>> list(Caller caller, PageRequest page) {
        AgreedVolumes.After after = after(page);
        LocalDate today = LocalDate.now(clock);
        return parties.of(caller)
                .flatMap(party -> volumes.thresholds().map(all -> VolumeRules.inForce(all, today))
                        .flatMap(threshold -> volumes.page(party instanceof Party.Chain(UUID id) ? id : null, today,
                                threshold, after, page.rowsToRead()).collectList()))
                .map(rows -> Page.of(rows, page, v -> List.of(v.cycleId().toString(), v.chainId().toString(),
                        v.drugId().toString())));
    }

    private static AgreedVolumes.After after(PageRequest page) {
        if (page.isFirst()) {
            return AgreedVolumes.After.NOTHING;
        }
        try {
            List<String> key = page.after();
            return new AgreedVolumes.After(UUID.fromString(key.get(0)), UUID.fromString(key.get(1)),
                    UUID.fromString(key.get(2)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
