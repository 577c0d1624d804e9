package cn.cityapis.policy.search;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a Lucene index, without a database. */
class LuceneSearchTest extends SearchContract {

    @TempDir
    Path folder;
    private Rankings rankings;

    @BeforeEach
    void index() {
        rankings = new Rankings(folder, digest(), Queries.Weights.TUNED);
    }

    @AfterEach
    void close() {
        rankings.close();
    }

    @Override
    ArticleSearch search() {
        return rankings.search;
    }

    @Override
    void add(List<IndexedDocument> documents) {
        rankings.add(documents);
    }
}
