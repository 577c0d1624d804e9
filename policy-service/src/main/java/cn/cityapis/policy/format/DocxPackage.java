package cn.cityapis.policy.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.zip.ZipInputStream;

import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The zip file around a Word document, opened from disk so that its pictures are never in memory, and with limits on what its
 * parts may grow to.
 */
final class DocxPackage implements AutoCloseable {

    /** The text of a document that prints as thousands of pages is far below. */
    static final long LARGEST_PART = 64L << 20;
    private static final int MOST_PARTS = 5_000;
    private static final String WORD_BODY = "word/document";

    static {
        ZipSecureFile.setMaxEntrySize(LARGEST_PART);
        ZipSecureFile.setMaxFileCount(MOST_PARTS);
    }

    private final Path file;
    private final OPCPackage parts;

    private DocxPackage(Path file, OPCPackage parts) {
        this.file = file;
        this.parts = parts;
    }

    /** Whether a zip file is a Word document; refused where it is not. */
    static Format word(byte[] content, boolean named) {
        // the names of the parts are not packed: none need be unpacked to know them
        if (contains(content, WORD_BODY) || named && !opens(content)) {
            return Format.DOCX;
        }
        throw new Unreadable(named ? Unreadable.Reason.BROKEN : Unreadable.Reason.UNKNOWN,
                "这个压缩包不是 Word 文档（DOCX）");
    }

    private static boolean opens(byte[] content) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            return zip.getNextEntry() != null;
        } catch (IOException | IllegalArgumentException damaged) {
            return false;
        }
    }

    private static boolean contains(byte[] content, String name) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(name);
    }

    /** What is wrong with a file of old Office. */
    static Unreadable old(byte[] content) {
        try (POIFSFileSystem packed = new POIFSFileSystem(new ByteArrayInputStream(content))) {
            if (packed.getRoot().hasEntryCaseInsensitive("EncryptedPackage")) {
                return new Unreadable(Unreadable.Reason.ENCRYPTED, "Word 文档设有密码，请去除密码后再提交");
            }
        } catch (IOException | RuntimeException damaged) {
            return new Unreadable(Unreadable.Reason.UNKNOWN, "旧版 Office 文件（.doc 等）不能读取，请另存为 DOCX", damaged);
        }
        return new Unreadable(Unreadable.Reason.UNKNOWN, "旧版 Office 文件（.doc 等）不能读取，请另存为 DOCX");
    }

    static <T> T read(byte[] content, Function<DocxPackage, T> reader) {
        try (DocxPackage open = open(content)) {
            return reader.apply(open);
        } catch (Damaged damaged) {
            throw damaged.reason();
        }
    }

    private static DocxPackage open(byte[] content) {
        Path file = null;
        try {
            file = Files.createTempFile("policy-", ".docx");
            Files.write(file, content);
            return new DocxPackage(file, OPCPackage.open(file.toFile(), PackageAccess.READ));
        } catch (IOException | OpenXML4JException | RuntimeException failure) {
            delete(file);
            throw new Damaged(failure);
        }
    }

    /** The part that holds the text. */
    InputStream body() {
        return stream(parts.getPartsByRelationshipType(PackageRelationshipTypes.CORE_DOCUMENT).stream().findFirst()
                .or(() -> parts.getPartsByRelationshipType(PackageRelationshipTypes.STRICT_CORE_DOCUMENT).stream()
                        .findFirst())
                .orElseThrow(() -> new Damaged(new IOException("no main part"))));
    }

    /** A part beside the text, such as the one with the styles. */
    @Nullable
    InputStream part(String contentType) {
        return parts.getPartsByContentType(
                "application/vnd.openxmlformats-officedocument.wordprocessingml." + contentType + "+xml").stream()
                .findFirst().map(DocxPackage::stream).orElse(null);
    }

    private static InputStream stream(PackagePart part) {
        try {
            return part.getInputStream();
        } catch (IOException | OpenXML4JRuntimeException failure) {
            throw new Damaged(failure);
        }
    }

    @Override
    public void close() {
        parts.revert();
        delete(file);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            file.toFile().deleteOnExit();
        }
    }

    /** The file is damaged, or grows without measure: the zip reader says which in the message of one and the same type. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(Throwable cause) {
            super(cause);
        }

        Unreadable reason() {
            for (Throwable cause = this; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                if (message.contains("Zip bomb") || message.contains("MAX_FILE_COUNT")
                        || message.contains("maximum file count")) {
                    return new Unreadable(Unreadable.Reason.BOMB, "文件解压后过大，不予读取", this);
                }
            }
            return new Unreadable(Unreadable.Reason.BROKEN, "Word 文档已损坏，无法打开", this);
        }
    }
}
