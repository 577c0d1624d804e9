package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The catalogue as it would be if proposed versions were approved: what if? */
@Component
public class DraftCatalogue {

    private final Proposals proposals;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;

    DraftCatalogue(Proposals proposals, SchemeCatalogue catalogue, WorkingCalendar calendar) {
        this.proposals = proposals;
        this.catalogue = catalogue;
        this.calendar = calendar;
    }

    /** @throws cn.cityapis.platform.problem.ProblemException 404 if there is no such proposal */
    public Mono<SchemeCatalogue> with(List<UUID> ids) {
        return Flux.fromIterable(ids)
                .concatMap(id -> proposals.get(id)
                        .zipWith(proposals.document(id), (proposal, document) -> new Draft(document,
                                proposal.effectiveFrom())))
                .collectList()
                .publishOn(Schedulers.boundedElastic())
                .map(this::overlaid);
    }

    private record Draft(String document, LocalDate effectiveFrom) {
    }

    private SchemeCatalogue overlaid(List<Draft> drafts) {
        SchemeCatalogue all = catalogue;
        for (Draft one : drafts) {
            Drafted draft = Drafted.of(one.document(), calendar);
            if (all.find(draft.scheme().scheme().id(), draft.scheme().scheme().version()).isEmpty()) {
                all = all.with(new SchemeCatalogue.Version(draft.scheme(), one.effectiveFrom()));
            }
        }
        return all;
    }
}
