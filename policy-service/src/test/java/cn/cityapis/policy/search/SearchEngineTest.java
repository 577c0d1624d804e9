package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;

/** Which beans there are, by setting. */
class SearchEngineTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(Search.class)
            .withPropertyValues("policy.index-dir=${java.io.tmpdir}/search-engine-test", "policy.opensearch.index=x",
                    "policy.opensearch.uris=http://localhost:1", "policy.opensearch.timeout=1s");

    @Import({SearchEngine.class, ArticleIndex.class, LuceneSearch.class, IndexThreads.class, ClusterIndex.class,
            ClusterSearch.class, OpenSearchClient.class})
    @EnableConfigurationProperties({SearchSettings.class, OpenSearchSettings.class})
    static class Search {
    }

    @Test
    void isLuceneUnlessSaidOtherwise() {
        service.run(context -> assertThat(context.getBean(ArticleSearch.class)).isInstanceOf(LuceneSearch.class));
    }

    @Test
    void isOpenSearchWhereThatIsSaidAndNothingOfLuceneIsOpened() {
        service.withPropertyValues("policy.search.engine=opensearch").run(context -> {
            assertThat(context.getBean(ArticleSearch.class)).isInstanceOf(ClusterSearch.class);
            assertThat(context).doesNotHaveBean(ArticleIndex.class);
        });
    }

    @ParameterizedTest
    @CsvSource({"solr,http://localhost:1,SEARCH_ENGINE", "opensearch,,OPENSEARCH_URIS",
            "opensearch,localhost,OPENSEARCH_URIS"})
    void stopsTheStartWithTheNameOfTheVariable(String engine, String uris, String said) {
        service.withPropertyValues("policy.search.engine=" + engine,
                "policy.opensearch.uris=" + (uris == null ? "" : uris))
                .run(context -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
                        .isInstanceOf(SettingException.class)
                        .hasMessageContaining(said));
    }
}
