package cn.cityapis.pharmacy.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** The first sheet of a spreadsheet, row by row. What it unpacks to is measured before it is read. */
public final class Xlsx {

    static final long MOST_UNPACKED = 100L * 1024 * 1024;
    static final long MOST_STRINGS = 32L * 1024 * 1024;
    private static final int MOST_PARTS = 500;

    private Xlsx() {
    }

    /** Whether these bytes begin like a ZIP archive, which a spreadsheet is. */
    public static boolean looksLike(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /**
     * The rows of the first sheet, blank ones left out. Blocks while it unpacks: not for an event loop.
     *
     * @throws TableException for a file that is no spreadsheet, unpacks to too much, or has too many rows or columns
     */
    public static List<Row> read(byte[] bytes, int mostRows) {
        measure(bytes, MOST_UNPACKED, MOST_STRINGS);
        List<Row> rows = new ArrayList<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes));
                Stream<org.dhatim.fastexcel.reader.Row> sheet = workbook.getFirstSheet().openStream()) {
            sheet.map(Xlsx::row).filter(row -> !row.isBlank()).forEach(row -> {
                if (rows.size() == mostRows) {
                    throw new TableException("文件超过 " + mostRows + " 行，请分成几个文件");
                }
                rows.add(row);
            });
        } catch (TableException e) {
            throw e;
        } catch (IOException | ExcelReaderException | IllegalStateException | IllegalArgumentException
                | IndexOutOfBoundsException | java.util.NoSuchElementException | NullPointerException e) {
            throw new TableException("文件不是可读的 XLSX 表格");
        }
        return List.copyOf(rows);
    }

    private static Row row(org.dhatim.fastexcel.reader.Row row) {
        if (row.getCellCount() > Csv.MOST_COLUMNS) {
            throw new TableException("第 " + row.getRowNum() + " 行超过 " + Csv.MOST_COLUMNS + " 列");
        }
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            String text = row.hasCell(i) ? row.getCellText(i) : "";
            if (text.length() > Csv.MOST_CHARACTERS) {
                throw new TableException("第 " + row.getRowNum() + " 行有一格超过 " + Csv.MOST_CHARACTERS + " 字");
            }
            cells.add(text);
        }
        return new Row(row.getRowNum(), cells);
    }

    /**
     * Unpacks once without keeping anything: a bomb is found out before anything of it is held. By the archive's directory,
     * as the reader does: what streams of it say differs between writers (the JDK's refuses those of fastexcel itself).
     */
    static void measure(byte[] bytes, long mostUnpacked, long mostStrings) {
        byte[] buffer = new byte[64 * 1024];
        long all = 0;
        int parts = 0;
        try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
            for (ZipArchiveEntry part : Collections.list(zip.getEntries())) {
                long most = part.getName().endsWith("sharedStrings.xml") ? mostStrings : mostUnpacked;
                long one = 0;
                try (InputStream unpacked = zip.getInputStream(part)) {
                    for (int read = unpacked.read(buffer); read >= 0; read = unpacked.read(buffer)) {
                        one += read;
                        all += read;
                        if (one > most || all > mostUnpacked) {
                            throw new TableException("表格展开后过大");
                        }
                    }
                }
                if (++parts > MOST_PARTS) {
                    throw new TableException("文件不是可读的 XLSX 表格");
                }
            }
        } catch (IOException e) {
            throw new TableException("文件不是可读的 XLSX 表格");
        }
    }
}
