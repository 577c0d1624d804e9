package cn.cityapis.policy.search;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The contract on a real cluster of two nodes, the index cut in two, without a database. */
@Tag("opensearch")
class OpenSearchContractTest extends SearchContract {

    private static final UUID CORPUS = UUID.randomUUID();
    private static final AtomicLong TRANSACTION = new AtomicLong();
    private static IndexThreads threads;
    private static OpenSearchClient client;
    private static ClusterIndex index;
    /** Whether a test has added something to the digest. */
    private static boolean changed = true;
    private ClusterSearch search;

    @BeforeAll
    static void connect() {
        OpenSearchSettings settings = OpenSearchCluster.shared().settings("contract");
        threads = new IndexThreads();
        client = new OpenSearchClient(settings);
        index = new ClusterIndex(client, settings, threads);
    }

    @AfterAll
    static void disconnect() {
        threads.stop();
    }

    @BeforeEach
    void index() {
        if (changed) {
            index.begin().block();
            index.put(index.building(), digest(), TRANSACTION.incrementAndGet()).block();
            index.publish(index.building(), new Changes.Position(CORPUS, TRANSACTION.get())).block();
            index.replace().block();
            changed = false;
        }
        search = new ClusterSearch(client, index, threads);
    }

    @Override
    ArticleSearch search() {
        return search;
    }

    @Override
    void add(List<IndexedDocument> documents) {
        changed = true;
        index.put(index.alias(), documents, TRANSACTION.incrementAndGet()).block();
        index.publish(index.alias(), new Changes.Position(CORPUS, TRANSACTION.get())).block();
        try {
            Thread.sleep(ClusterSnapshots.FRESH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
