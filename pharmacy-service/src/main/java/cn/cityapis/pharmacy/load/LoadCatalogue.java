package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.table.Heading;
import cn.cityapis.pharmacy.table.Row;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** First a preview, which changes nothing; then, by its id, its application, all at once. */
@Component
class LoadCatalogue {

    private final CatalogueImports imports;
    private final CatalogueStates states;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;
    private final CityOutline city = CityOutline.read();

    LoadCatalogue(CatalogueImports imports, CatalogueStates states, Audit audit, Outbox outbox, Ids ids,
            Clock clock) {
        this.imports = imports;
        this.states = states;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param rows of the file, the heading first */
    Mono<CatalogueImport> preview(Caller caller, ImportKind kind, List<Row> rows, String sha256) {
        Heading heading = LoadRules.heading(kind, rows);
        Set<String> codes = rows.stream().skip(1).map(row -> heading.cell(row, kind.subject()))
                .collect(Collectors.toSet());
        UUID id = ids.next();
        return states.of(kind, codes)
                .flatMap(known -> Mono
                        .fromCallable(() -> LoadRules.judge(kind, rows, known, city, LocalDate.now(clock), ids::next))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(lines -> imports.insert(counted(id, kind, known.version(), lines), sha256,
                                caller.subject(), lines)))
                .then(Mono.defer(() -> audit.record(caller, "catalogue.previewed", "catalogue-import", id.toString(),
                        Map.of("kind", kind.code(), "sha256", sha256))))
                .then(Mono.defer(() -> imports.find(id)));
    }

    private CatalogueImport counted(UUID id, ImportKind kind, long basedOn, List<Judged> lines) {
        Map<Verdict, Long> count = lines.stream().collect(Collectors.groupingBy(Judged::verdict,
                Collectors.counting()));
        return new CatalogueImport(id, kind, "previewed", lines.size(), of(count, Verdict.NEW),
                of(count, Verdict.CORRECTION), of(count, Verdict.UNCHANGED), of(count, Verdict.QUESTIONED),
                of(count, Verdict.BAD), OffsetDateTime.now(clock), null, null, basedOn, 0);
    }

    private static int of(Map<Verdict, Long> count, Verdict verdict) {
        return count.getOrDefault(verdict, 0L).intValue();
    }

    Mono<CatalogueImport> apply(Caller caller, UUID id, IfMatch seen, boolean takeQuestioned) {
        Instant now = clock.instant();
        return imports.lock(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个目录文件")))
                .doOnNext(held -> seen.require(held.version()))
                .doOnNext(LoadCatalogue::check)
                .flatMap(held -> imports.moveOn(held.basedOn())
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(PharmacyProblem.CATALOGUE_MOVED_ON,
                                "预览之后目录已有变动，请重新上传文件再看预览")))
                        .flatMap(moved -> imports.apply(held, takeQuestioned, now)))
                .flatMap(taken -> imports.applied(id, caller.subject(), now, taken)
                        .then(audit.record(caller, "catalogue.applied", "catalogue-import", id.toString(),
                                Map.of("taken", taken, "takeQuestioned", takeQuestioned)))
                        .then(outbox.publish("pharmacy.catalogue.changed", "catalogue-imports/" + id,
                                Map.of("importId", id))))
                .then(Mono.defer(() -> imports.find(id)));
    }

    private static void check(CatalogueImport held) {
        if (held.state().equals("applied")) {
            throw ProblemException.of(PharmacyProblem.IMPORT_STATE, "这个文件已经生效");
        }
    }
}
