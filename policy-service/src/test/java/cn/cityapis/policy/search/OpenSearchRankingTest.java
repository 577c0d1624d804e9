package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same questions to both indexes: the same answers, in the same order. */
@Tag("opensearch")
class OpenSearchRankingTest {

    @TempDir
    Path folder;

    @Test
    void ranksAsLuceneDoes() {
        OpenSearchSettings settings = OpenSearchCluster.shared().settings("ranking");
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
            for (RelevanceSet.Judged question : RelevanceSet.read().questions()) {
                assertThat(shown(cluster, question.question())).as(question.question())
                        .isEqualTo(shown(lucene.search, question.question()));
            }
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
