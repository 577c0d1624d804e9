package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.document.DocumentVersion;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the files of an index, done to real files. */
class ArticleIndexTest {

    private static final UUID CORPUS = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @TempDir
    Path folder;
    private ArticleIndex index;

    @BeforeEach
    void showOne() throws IOException {
        index = new ArticleIndex(new SearchSettings(folder));
        put(1);
        index.publish(place(1));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void showsTheOldStateWhileADeletedIndexIsBuiltAnew() throws IOException {
        IOUtils.rm(latest());
        assertThat(index.sound()).isFalse();
        index.mend();
        assertThat(index.position()).isEmpty();
        assertThat(counts(1, 2)).containsExactly(1, 0);
        put(1);
        put(2);
        assertThat(counts(1, 2)).containsExactly(1, 0);
        index.publish(place(2));
        assertThat(counts(1, 2)).containsExactly(1, 1);
        assertThat(generations()).hasSize(1);
        assertThat(index.sound()).isTrue();
    }

    @Test
    void oneLostFileIsEnough() throws IOException {
        try (Stream<Path> files = Files.list(latest())) {
            Files.delete(
                    files.filter(file -> file.toString().endsWith(".cfs") || file.toString().endsWith(".doc"))
                            .findFirst().orElseThrow());
        }
        assertThat(index.sound()).isFalse();
        index.mend();
        assertThat(index.position()).isEmpty();
        assertThat(counts(1)).containsExactly(1);
    }

    @Test
    void aWriterThatAnErrorHasClosedGoesOnFromItsLastCommit() throws IOException {
        put(2);
        Files.delete(latest().resolve(IndexWriter.WRITE_LOCK_NAME));
        assertThatThrownBy(() -> index.publish(place(2))).isInstanceOf(UncheckedIOException.class);
        assertThat(index.sound()).isFalse();
        assertThat(counts(1, 2)).containsExactly(1, 0);
        index.mend();
        assertThat(index.position()).contains(place(1));
        put(2);
        index.publish(place(2));
        assertThat(counts(1, 2)).containsExactly(1, 1);
    }

    @Test
    void servesOnWhileNothingCanBeWrittenAndRecovers() throws IOException {
        Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
        Files.move(folder, moved);
        Files.writeString(folder, "in the way");
        assertThat(index.sound()).isFalse();
        assertThatThrownBy(() -> index.mend()).isInstanceOf(UncheckedIOException.class);
        assertThat(counts(1)).containsExactly(1);
        Files.delete(folder);
        assertThat(index.sound()).isFalse();
        index.mend();
        put(1);
        put(2);
        index.publish(place(2));
        assertThat(counts(1, 2)).containsExactly(1, 1);
        IOUtils.rm(moved);
    }

    @Test
    void garbageInASegmentIsFoundAtTheNextStart() throws IOException {
        index.close();
        fillWithGarbage();
        index = new ArticleIndex(new SearchSettings(folder));
        assertThat(index.position()).isEmpty();
        put(1);
        index.publish(place(1));
        assertThat(counts(1)).containsExactly(1);
        assertThat(generations()).hasSize(1);
    }

    @Test
    void garbageThatAReadingMeetsMakesTheIndexSuspect() throws IOException {
        fillWithGarbage();
        for (int i = 0; i < 3 && index.sound(); i++) {
            try {
                index.read(searcher -> searcher.storedFields().document(0).getFields());
            } catch (RuntimeException expected) {
                assertThat(expected).isInstanceOf(ProblemException.class);
            }
        }
        assertThat(index.sound()).isFalse();
        index.mend();
        assertThat(index.position()).isEmpty();
        put(1);
        index.publish(place(1));
        assertThat(counts(1)).containsExactly(1);
    }

    @Test
    void anIndexOfAnotherFormStaysUntilTheNewOneIsWhole() throws IOException {
        index.close();
        Path before = latest();
        try (FSDirectory directory = FSDirectory.open(before);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(
                    Map.of("corpus", CORPUS.toString(), "transaction", "1", "form", "older").entrySet());
        }
        index = new ArticleIndex(new SearchSettings(folder));
        assertThat(index.position()).isEmpty();
        assertThat(index.complete()).isFalse();
        assertThat(before).exists();
        put(1);
        index.publish(place(1));
        assertThat(before).doesNotExist();
        assertThat(counts(1)).containsExactly(1);
    }

    @Test
    void anIndexThatLiesInTheFolderItselfIsReplaced() throws IOException {
        index.close();
        Path before = latest();
        try (Stream<Path> files = Files.list(before)) {
            for (Path file : files.toList()) {
                Files.move(file, folder.resolve(file.getFileName()));
            }
        }
        index = new ArticleIndex(new SearchSettings(folder));
        put(1);
        index.publish(place(1));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(latest(), folder.resolve("instance.lock"));
        }
    }

    @Test
    void whatIsOfAnotherDatabaseIsWithdrawnAtOnce() {
        index.startOver();
        assertThat(index.complete()).isFalse();
        assertThatThrownBy(() -> counts(1)).isInstanceOf(ProblemException.class);
        put(2);
        index.publish(place(1));
        assertThat(counts(1, 2)).containsExactly(0, 1);
    }

    @Test
    void theStatesOfTheNextGenerationComeLater() throws IOException {
        for (int i = 2; i < 9; i++) {
            put(i);
            index.publish(place(i));
        }
        long before = version();
        IOUtils.rm(latest());
        index.mend();
        put(1);
        index.publish(place(9));
        assertThat(version()).isGreaterThan(before);
    }

    @Test
    void aReopenedIndexIsShownWithoutAnyChange() {
        index.read(searcher -> 1);
        assertThat(index.showsLatest()).isTrue();
        index.mend();
        assertThat(index.showsLatest()).isFalse();
        assertThat(counts(1)).containsExactly(1);
        index.publish(place(1));
        assertThat(index.showsLatest()).isTrue();
        assertThat(counts(1)).containsExactly(1);
    }

    @Test
    void twoInstancesDoNotShareAFolder() {
        assertThatThrownBy(() -> new ArticleIndex(new SearchSettings(folder))).isInstanceOf(SettingException.class)
                .hasMessageContaining("DATA_DIR");
        assertThat(index.sound()).isTrue();
    }

    @Test
    void whatWasPutAndNotPublishedIsNeitherThereNorDouble() throws IOException {
        put(2);
        index.close();
        index = new ArticleIndex(new SearchSettings(folder));
        assertThat(index.position()).contains(place(1));
        put(2);
        put(1);
        index.publish(place(2));
        assertThat(counts(1, 2)).containsExactly(1, 1);
    }

    @Test
    void aDocumentThatLuceneRefusesIsSetAsideAndHoldsUpNoOther() throws IOException {
        index.put(List.of(refused(2), Fixtures.document(number(3), "关于试验的通知", "灯塔每晚亮3盏灯。"), refused(1)));
        index.publish(place(2));
        assertThat(index.setAside()).containsExactlyInAnyOrder(work(1), work(2));
        // of the first, what could be indexed before stays
        assertThat(counts(1, 2, 3)).containsExactly(1, 0, 1);
        assertThat(index.sound()).isTrue();
    }

    @Test
    void keepsOnlyTheLatestStatesThatSomebodyPagesThrough() throws IOException {
        try (Snapshots snapshots = new Snapshots(index)) {
            List<String> names = new ArrayList<>();
            for (int state = 2; state <= Snapshots.MOST + 2; state++) {
                put(state);
                index.publish(place(state));
                names.add(index.read(snapshots::keep));
            }
            assertThat(documents(snapshots, names.get(1))).isEqualTo(3);
            assertThat(documents(snapshots, names.getFirst())).as("gone: the latest in its place")
                    .isEqualTo(Snapshots.MOST + 2);
        }
    }

    private static int documents(Snapshots snapshots, String name) {
        return snapshots.<Integer>read(Optional.of(name), searcher -> searcher.getIndexReader().numDocs());
    }

    @Test
    void whatWasSetAsideIsRememberedUntilItCanBeIndexed() throws IOException {
        index.put(List.of(refused(2)));
        index.publish(place(2));
        index.close();
        index = new ArticleIndex(new SearchSettings(folder));
        assertThat(index.setAside()).containsExactly(work(2));
        put(2);
        index.publish(place(3));
        assertThat(index.setAside()).isEmpty();
        assertThat(counts(2)).containsExactly(1);
    }

    /** An organ longer than any term may be. */
    private static IndexedDocument refused(int number) {
        IndexedDocument fine = Fixtures.document(number(number), "关于试验的通知", "灯塔每晚亮灯。");
        DocumentVersion document = fine.document();
        return new IndexedDocument(new DocumentVersion(document.id(), document.versionId(), document.version(),
                document.sourceKind(), document.number(), null, document.title(), List.of("海".repeat(20_000)), null,
                document.validity(), null, null, null, null, document.recordedAt()), fine.articles());
    }

    private static UUID work(int number) {
        return Fixtures.document(number(number), "").document().id();
    }

    private void fillWithGarbage() throws IOException {
        try (Stream<Path> files = Files.list(latest())) {
            Path largest = files.max(Comparator.comparingLong(file -> file.toFile().length())).orElseThrow();
            try (RandomAccessFile segment = new RandomAccessFile(largest.toFile(), "rw")) {
                byte[] garbage = new byte[(int) segment.length() - 200];
                Arrays.fill(garbage, (byte) 0x5A);
                segment.seek(100);
                segment.write(garbage);
            }
        }
    }

    private static Changes.Position place(int transaction) {
        return new Changes.Position(CORPUS, transaction, new UUID(0, transaction));
    }

    private void put(int number) {
        index.put(List.of(Fixtures.document(number(number), "关于试验的通知", "灯塔每晚亮" + number + "盏灯。")));
    }

    private static String number(int number) {
        return "海测发〔2033〕" + number + "号";
    }

    /** How many articles are shown of each document. */
    private List<Integer> counts(int... numbers) {
        return Arrays.stream(numbers).mapToObj(number -> index.read(searcher -> searcher.count(new TermQuery(
                new Term("work", Fixtures.document(number(number), "").document().id().toString()))))).toList();
    }

    private long version() {
        return index
                .read(searcher -> ((DirectoryReader) searcher.getIndexReader()).getVersion());
    }

    private Path latest() throws IOException {
        return generations().getFirst();
    }

    private List<Path> generations() throws IOException {
        return IndexFolder.generations(folder);
    }
}
