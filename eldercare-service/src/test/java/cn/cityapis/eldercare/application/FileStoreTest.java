package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;
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

/** Uploaded papers never lie open on the disk, and are read as they were written or not at all. */
class FileStoreTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final byte[] CANARY = "%PDF-1.4 379999194303150019".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;
    private FileStore files;
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void open() {
        files = new FileStore(folder.toString(),
                new FieldCipher(PiiKeys.parse("dev:" + KEY, KEY + KEY, true), new SecureRandom()));
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
