package cn.cityapis.subsidy.objection;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.start.StartTask;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.application.ObjectionPeriod;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A made-up objection to the made-up case that is on public notice; written once. */
@Component
@Order(5)
@ConditionalOnProperty("demo.data")
class DemoObjection implements StartTask {

    private final ApplicationReader reader;
    private final Objections objections;
    private final ObjectionPeriod period;
    private final Ids ids;

    DemoObjection(ApplicationReader reader, Objections objections, ObjectionPeriod period, Ids ids) {
        this.reader = reader;
        this.objections = objections;
        this.period = period;
        this.ids = ids;
    }

    @Override
    public Mono<Void> run() {
        return reader.inState(ApplicationState.PUBLIC_NOTICE, new PageRequest(100, List.of()))
                .flatMap(all -> Mono.justOrEmpty(all.stream().filter(Application::demo).findFirst()))
                .filterWhen(noticed -> objections.of(noticed.id()).map(List::isEmpty))
                .flatMap(noticed -> object(noticed.id()));
    }

    private Mono<Void> object(UUID application) {
        return objections.insert(ids.next(), application, "demo-objector", "演示：该申请人已于上月离职")
                .then(Mono.defer(() -> reader.lock(application)))
                .flatMap(noticed -> period.started(noticed, Caller.system("demo")));
    }
}
