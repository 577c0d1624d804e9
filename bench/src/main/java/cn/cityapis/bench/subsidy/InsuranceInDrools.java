package cn.cityapis.bench.subsidy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.StatelessKieSession;

/** The insurance scheme as Drools rules (subsidy/insurance.drl): each condition, and the amount. */
final class InsuranceInDrools {

    private final KieContainer container;

    InsuranceInDrools() throws IOException {
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        try (InputStream rules = Objects
                .requireNonNull(InsuranceInDrools.class.getResourceAsStream("/subsidy/insurance.drl"))) {
            files.write("src/main/resources/subsidy/insurance.drl",
                    new String(rules.readAllBytes(), StandardCharsets.UTF_8));
        }
        KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            throw new IllegalStateException(builder.getResults().toString());
        }
        container = services.newKieContainer(services.getRepository().getDefaultReleaseId());
    }

    void decide(List<Insured> cases) {
        StatelessKieSession session = session();
        cases.forEach(session::execute);
    }

    /** For one thread; each case has a session of its own behind it. */
    StatelessKieSession session() {
        return container.getKieBase().newStatelessKieSession();
    }
}
