package cn.cityapis.policy.search;

import java.util.List;

import cn.cityapis.platform.settings.SettingException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Which index answers is a setting; one that is not known stops the start. */
@Configuration(proxyBeanMethods = false)
class SearchEngine {

    private static final List<String> KNOWN = List.of("lucene", "opensearch");

    /** Before any bean is made: otherwise the start ends with the lack of some bean, which tells nobody what to mend. */
    @Bean
    static BeanFactoryPostProcessor knownSearchEngine(Environment environment) {
        return beans -> {
            String engine = environment.getProperty("policy.search.engine", "lucene");
            if (!KNOWN.contains(engine)) {
                throw new SettingException("SEARCH_ENGINE", "is none of " + KNOWN + ": " + engine);
            }
        };
    }
}
