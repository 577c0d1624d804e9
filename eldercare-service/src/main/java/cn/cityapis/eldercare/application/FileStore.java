package cn.cityapis.eldercare.application;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.SealAnew;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Uploaded files in the service's data folder, named by the id of their row and sealed piece by piece with the cipher of
 * personal data: each piece is bound to the row, to its place and to how many there are, so that none can be taken away,
 * put elsewhere or read without the key. Layout: number of pieces, then of each its length and its sealed bytes.
 */
@Component
class FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    static final int PIECE = 64 * 1024;
    private static final int MOST_PIECES = 1024;
    private static final String TABLE = "material";
    private static final String SEALED = ".sealed";
    /** Sealed anew and not yet in its place. */
    private static final String ANEW = ".anew";

    private final Path folder;
    private final FieldCipher cipher;

    FileStore(@Value("${app.data-dir}") String dataDir, FieldCipher cipher) {
        this.folder = Path.of(dataDir).resolve("materials");
        this.cipher = cipher;
    }

    /** Writes off the event loop. A file whose row was not committed is garbage, never the other way round. */
    Mono<Void> write(UUID id, byte[] content) {
        return Mono.<Void>fromCallable(() -> {
            seal(id, content);
            return null;
        }).subscribeOn(Schedulers.boundedElastic());
    }

    /** @throws IllegalStateException if the file is not as it was written */
    Mono<byte[]> read(UUID id) {
        return Mono.fromCallable(() -> readAll(id)).subscribeOn(Schedulers.boundedElastic());
    }

    /** Takes it away in either form; nothing happens if it is gone. */
    Mono<Void> erase(UUID id) {
        return Mono.<Void>fromCallable(() -> {
            Files.deleteIfExists(file(id, ""));
            Files.deleteIfExists(file(id, SEALED));
            Files.deleteIfExists(file(id, ANEW));
            return null;
        }).subscribeOn(Schedulers.boundedElastic());
    }

    /** The folders that hold files, each a few. */
    Mono<List<Path>> folders() {
        return Mono.fromCallable(() -> Files.isDirectory(folder) ? in(folder) : List.<Path>of())
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Seals the files of a folder anew that another key than the active one has sealed. */
    Mono<SealAnew.Count> sealAnew(FieldCipher with, Path folder) {
        return Mono.fromCallable(() -> allAnew(with, folder)).subscribeOn(Schedulers.boundedElastic());
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static SealAnew.Count allAnew(FieldCipher with, Path folder) throws IOException {
        SealAnew.Count count = SealAnew.Count.NONE;
        for (Path file : in(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SEALED)) {
                count = count.plus(
                        sealAnew(with, file, UUID.fromString(name.substring(0, name.length() - SEALED.length()))));
            }
        }
        return count;
    }

    private static SealAnew.Count sealAnew(FieldCipher with, Path file, UUID id) throws IOException {
        try {
            if (current(with, id, file)) {
                return SealAnew.Count.NONE;
            }
            Path anew = file.resolveSibling(id + ANEW);
            Files.deleteIfExists(anew);
            seal(with, id, open(with, id, file), anew);
            Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new SealAnew.Count(1, 0);
        } catch (IllegalStateException doesNotOpen) {
            LOG.error("The file of material {} does not open: {}", id, doesNotOpen.getMessage());
            return new SealAnew.Count(0, 1);
        }
    }

    private static boolean current(FieldCipher with, UUID id, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return in.readInt() == 0 || with.current(in.readNBytes(length(id, in)));
        } catch (EOFException e) {
            throw new IllegalStateException("Cut off", e);
        }
    }

    private void seal(UUID id, byte[] content) throws IOException {
        seal(cipher, id, content, file(id, SEALED));
    }

    private static void seal(FieldCipher cipher, UUID id, byte[] content, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        int pieces = (content.length + PIECE - 1) / PIECE;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream stream = Channels.newOutputStream(channel);
                DataOutputStream out = new DataOutputStream(stream)) {
            out.writeInt(pieces);
            for (int piece = 0; piece < pieces; piece++) {
                byte[] clear = Arrays.copyOfRange(content, piece * PIECE,
                        Math.min(content.length, (piece + 1) * PIECE));
                byte[] sealed = cipher.encrypt(TABLE, column(piece, pieces), id,
                        Base64.getEncoder().encodeToString(clear));
                out.writeInt(sealed.length);
                out.write(sealed);
            }
            channel.force(true);
        }
    }

    private byte[] readAll(UUID id) throws IOException {
        Path before = file(id, "");
        if (Files.exists(before)) {
            sealFormer(id, before);
        }
        return open(cipher, id, file(id, SEALED));
    }

    private static byte[] open(FieldCipher cipher, UUID id, Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
            return open(cipher, id, in);
        } catch (EOFException e) {
            throw new IllegalStateException("Cut off: " + id, e);
        }
    }

    private static byte[] open(FieldCipher cipher, UUID id, DataInputStream in) throws IOException {
        int pieces = in.readInt();
        if (pieces < 0 || pieces > MOST_PIECES) {
            throw new IllegalStateException("Not a sealed file: " + id);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int piece = 0; piece < pieces; piece++) {
            byte[] sealed = new byte[length(id, in)];
            in.readFully(sealed);
            content.writeBytes(Base64.getDecoder()
                    .decode(cipher.decrypt(TABLE, column(piece, pieces), id, sealed)));
        }
        return content.toByteArray();
    }

    private static int length(UUID id, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 2 * PIECE) {
            throw new IllegalStateException("Not a sealed file: " + id);
        }
        return length;
    }

    /** Files of before they were sealed lie open until somebody reads them. */
    private void sealFormer(UUID id, Path open) throws IOException {
        byte[] content = Files.readAllBytes(open);
        Files.deleteIfExists(file(id, SEALED));
        seal(id, content);
        Files.delete(open);
    }

    private static String column(int piece, int pieces) {
        return "file " + piece + " of " + pieces;
    }

    private Path file(UUID id, String suffix) {
        String name = id.toString();
        return folder.resolve(name.substring(0, 8)).resolve(name + suffix);
    }
}
