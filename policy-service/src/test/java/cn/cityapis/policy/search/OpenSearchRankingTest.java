package cn.cityapis.policy.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same questions to both indexes: the same answers, in the same order. */
@Tag("opensearch")
class OpenSearchRankingTest {

    @TempDir
    Path folder;

    /** Words read from pinyin weigh by those that stand in the same shard: alike in one, nearly alike in two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ranksAsLuceneDoes(int shards) {
        OpenSearchCluster nodes = OpenSearchCluster.shared();
        OpenSearchSettings settings = new OpenSearchSettings(nodes.uris(), null, null, "ranking" + shards, shards, 1,
                Duration.ofSeconds(20));
        IndexThreads threads = new IndexThreads();
        OpenSearchClient client = new OpenSearchClient(settings);
        ClusterIndex index = new ClusterIndex(client, settings, threads);
        List<IndexedDocument> documents = SearchContract.digest();
        index.begin().block();
        index.put(index.building(), documents, 1).block();
        index.publish(index.building(), new Changes.Position(UUID.randomUUID(), 1)).block();
        index.replace().block();
        ClusterSearch cluster = new ClusterSearch(client, index, threads);
        try (Rankings lucene = new Rankings(folder, documents, Queries.Weights.TUNED)) {
            SoftAssertions all = new SoftAssertions();
            for (RelevanceSet.Judged question : RelevanceSet.read().questions()) {
                if (shards > 1 && question.question().matches(".*[a-z].*")) {
                    continue;
                }
                all.assertThat(shown(cluster, question.question())).as(question.question())
                        .isEqualTo(shown(lucene.search, question.question()));
            }
            all.assertAll();
        } finally {
            threads.stop();
        }
    }

    /** Documents with articles, snippets, and all that is said about the question. */
    private static String shown(ArticleSearch search, String question) {
        SearchAnswer answer = search.search(new SearchRequest(question, SearchContract.TODAY,
                SearchRequest.Filters.NONE, SearchRequest.Order.RELEVANCE, true, 10, Optional.empty(),
                Optional.empty()))
                .block();
        return new SearchAnswer(answer.items(), answer.articles(), null, answer.didYouMean(), answer.relaxed(),
                answer.facets()).toString().replace(", SearchAnswer", ",\nSearchAnswer")
                .replace(", ArticleHit", ",\nArticleHit");
    }
}
