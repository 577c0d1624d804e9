package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;
import cn.cityapis.platform.pii.SealAnew;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Uploaded papers never lie open on the disk, and are read as they were written or not at all. */
class FileStoreTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String NEW = "key-2:" + "02".repeat(16);
    private static final byte[] CANARY = "%PDF-1.4 379999194303150019".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;
    private FileStore files;
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void open() {
        files = store(cipher("dev:" + KEY));
    }

    private FileStore store(FieldCipher cipher) {
        return new FileStore(folder.toString(), cipher);
    }

    private static FieldCipher cipher(String keys) {
        return new FieldCipher(PiiKeys.parse(keys, KEY + KEY, true), new SecureRandom());
    }

    @Test
    void whatAnOldKeyHasSealedOpensWithTheNewOneAlone() throws IOException {
        byte[] large = new byte[3 * FileStore.PIECE];
        UUID broken = UUID.randomUUID();
        UUID empty = UUID.randomUUID();
        files.write(id, large).block();
        files.write(empty, new byte[0]).block();
        files.write(broken, CANARY).block();
        Path cut = folder.resolve("materials").resolve(broken.toString().substring(0, 8)).resolve(broken + ".sealed");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 60));
        assertThat(anew()).isEqualTo(new SealAnew.Count(1, 1));
        assertThat(store(cipher(NEW)).read(id).block()).isEqualTo(large);
        assertThat(store(cipher(NEW)).read(empty).block()).isEmpty();
        assertThat(Files.size(cut)).isEqualTo(60);
        Files.write(cut, new byte[]{0, 0, 0, 1, -1, -1, -1, -1});
        assertThat(anew()).as("a length that is none").isEqualTo(new SealAnew.Count(0, 1));
    }

    private SealAnew.Count anew() {
        return files.folders().flatMapMany(Flux::fromIterable)
                .concatMap(each -> files.sealAnew(cipher(NEW + ",dev:" + KEY), each))
                .reduce(SealAnew.Count.NONE, SealAnew.Count::plus).block();
    }

    @Test
    void anErasedFileLeavesNothingThatWasSealedAnew() throws IOException {
        files.write(id, CANARY).block();
        Files.copy(only(), only().resolveSibling(id + ".anew"));
        files.erase(id).block();
        try (Stream<Path> found = Files.walk(folder)) {
            assertThat(found.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FileStore.PIECE - 1, FileStore.PIECE, FileStore.PIECE + 1, 5 * 1024 * 1024})
    void readsWhatWasWritten(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        files.write(id, content).block();
        assertThat(files.read(id).block()).isEqualTo(content);
    }

    @Test
    void nothingOfItLiesOpenOnTheDisk() throws IOException {
        files.write(id, CANARY).block();
        String found = new String(Files.readAllBytes(only()), StandardCharsets.ISO_8859_1);
        assertThat(found).doesNotContain("PDF").doesNotContain("379999")
                .doesNotContain(java.util.Base64.getEncoder().encodeToString(CANARY).substring(0, 8));
    }

    @Test
    void whatWasChangedCutOffOrPutElsewhereIsNotRead() throws IOException {
        files.write(id, new byte[3 * FileStore.PIECE]).block();
        byte[] sealed = Files.readAllBytes(only());
        int piece = (sealed.length - 4) / 3;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 4, swapped, 4 + piece, piece);
        System.arraycopy(sealed, 4 + piece, swapped, 4, piece);
        byte[] shorter = Arrays.copyOf(sealed, 4 + 2 * piece);
        shorter[3] = 2;
        byte[] flipped = sealed.clone();
        flipped[sealed.length - 1] ^= 1;
        for (byte[] wrong : new byte[][]{swapped, shorter, flipped, Arrays.copyOf(sealed, sealed.length - 1),
                new byte[]{-1, 0, 0, 0}}) {
            Files.write(only(), wrong);
            assertThatThrownBy(() -> files.read(id).block()).isInstanceOf(IllegalStateException.class);
        }
        UUID other = UUID.fromString(id.toString().substring(0, 8) + UUID.randomUUID().toString().substring(8));
        Files.write(only().resolveSibling(other + ".sealed"), sealed);
        assertThatThrownBy(() -> files.read(other).block()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileOfBeforeIsSealedWhenItIsRead() throws IOException {
        Path former = folder.resolve("materials").resolve(id.toString().substring(0, 8)).resolve(id.toString());
        Files.createDirectories(former.getParent());
        Files.write(former, CANARY);
        assertThat(files.read(id).block()).isEqualTo(CANARY);
        assertThat(former).doesNotExist();
        assertThat(files.read(id).block()).isEqualTo(CANARY);
        assertThat(new String(Files.readAllBytes(only()), StandardCharsets.ISO_8859_1)).doesNotContain("PDF");
    }

    private Path only() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
