package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes up versions that this or another replica has published: looks for new ones and exchanges the catalogue. */
class FollowVersions {

    private final SchemeVersions versions;
    private final SchemeCatalogue catalogue;

    FollowVersions(SchemeVersions versions, SchemeCatalogue catalogue) {
        this.versions = versions;
        this.catalogue = catalogue;
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
     * Versions are only ever added. A list without a version that is known here was read while a first start registers
     * them, or overtaken by a later one: it brings nothing.
     */
    private synchronized void exchange(List<SchemeVersions.Stored> stored) {
        Map<String, CompiledScheme> known = new HashMap<>();
        catalogue.versions().forEach(one -> known.put(key(one.scheme().scheme().id(), one.scheme().scheme().version()),
                one.scheme()));
        if (!stored.stream().map(one -> key(one.scheme(), one.version())).collect(Collectors.toSet())
                .containsAll(known.keySet())) {
            return;
        }
        SchemeReader reader = new SchemeReader();
        catalogue.replace(stored.stream().map(one -> {
            CompiledScheme scheme = known.get(key(one.scheme(), one.version()));
            return new SchemeCatalogue.Version(
                    scheme == null ? new CompiledScheme(reader.read(one.document())) : scheme,
                    one.effectiveFrom().getYear() <= 1 ? LocalDate.MIN : one.effectiveFrom());
        }).toList());
    }

    private static String key(String scheme, int version) {
        return scheme + " " + version;
    }
}
