package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes up versions that this or another replica has published: looks for new ones and exchanges the catalogue. */
class FollowVersions {

    private final SchemeVersions versions;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;

    FollowVersions(SchemeVersions versions, SchemeCatalogue catalogue, WorkingCalendar calendar) {
        this.versions = versions;
        this.catalogue = catalogue;
        this.calendar = calendar;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return versions.count().filter(count -> count != catalogue.versions().size())
                .flatMap(changed -> refresh());
    }

    Mono<Void> refresh() {
        return versions.all().publishOn(Schedulers.boundedElastic()).doOnNext(this::exchange).then();
    }

    /**
     * What was published in this city holds, whatever is shipped.
     *
     * @param holding those shipped that do
     */
    Mono<Void> begin(List<PublishedSchemes.Published> holding) {
        return versions.all().publishOn(Schedulers.boundedElastic())
                .doOnNext(stored -> exchange(stored, byKey(holding.stream().map(PublishedSchemes.Published::scheme))))
                .then();
    }

    /**
     * Versions are only ever added. A list without a version that is known here was read while a first start registers
     * them, or overtaken by a later one: it brings nothing.
     */
    private synchronized void exchange(List<SchemeVersions.Stored> stored) {
        Map<String, CompiledScheme> known = byKey(catalogue.versions().stream().map(SchemeCatalogue.Version::scheme));
        if (stored.stream().map(one -> key(one.scheme(), one.version())).collect(Collectors.toSet())
                .containsAll(known.keySet())) {
            exchange(stored, known);
        }
    }

    private synchronized void exchange(List<SchemeVersions.Stored> stored, Map<String, CompiledScheme> known) {
        SchemeReader reader = new SchemeReader();
        catalogue.replace(stored.stream().map(one -> {
            CompiledScheme scheme = known.get(key(one.scheme(), one.version()));
            return new SchemeCatalogue.Version(
                    scheme == null ? new CompiledScheme(reader.read(one.document()), calendar) : scheme,
                    one.effectiveFrom().getYear() <= 1 ? LocalDate.MIN : one.effectiveFrom());
        }).toList());
    }

    private static Map<String, CompiledScheme> byKey(Stream<CompiledScheme> schemes) {
        return schemes.collect(Collectors.toMap(one -> key(one.scheme().id(), one.scheme().version()), one -> one));
    }

    private static String key(String scheme, int version) {
        return scheme + " " + version;
    }
}
