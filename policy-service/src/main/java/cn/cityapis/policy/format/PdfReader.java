package cn.cityapis.policy.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import cn.cityapis.policy.gazette.Warning;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text of a PDF, put together from where the characters stand on the page. */
final class PdfReader extends PDFTextStripper {

    private final List<PdfLine> page = new ArrayList<>();
    private final List<PdfLine.Word> line = new ArrayList<>();

    private PdfReader() {
        setSortByPosition(true);
        setShouldSeparateByBeads(false);
        setAddMoreFormatting(false);
    }

    static ReadDocument read(byte[] content) {
        try (PDDocument document = Loader.loadPDF(new RandomAccessReadBuffer(content),
                IOUtils.createTempFileOnlyStreamCache())) {
            return read(document);
        } catch (InvalidPasswordException locked) {
            throw new Unreadable(Unreadable.Reason.ENCRYPTED, "PDF 设有密码，请去除密码后再提交", locked);
        } catch (IOException | UncheckedIOException damaged) {
            throw new Unreadable(Unreadable.Reason.BROKEN, "PDF 已损坏，无法打开", damaged);
        }
    }

    private static ReadDocument read(PDDocument document) throws IOException {
        PdfReader reader = new PdfReader();
        List<List<PdfLine>> pages = new ArrayList<>();
        List<Integer> empty = new ArrayList<>();
        for (int number = 1; number <= document.getNumberOfPages(); number++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("given up");
            }
            List<PdfLine> page = reader.page(document, number);
            if (page.isEmpty()) {
                empty.add(number);
            }
            pages.add(page);
        }
        if (pages.stream().allMatch(List::isEmpty)) {
            throw new Unreadable(Unreadable.Reason.SCANNED, "PDF 中没有文字（可能是扫描件），请先作文字识别");
        }
        return new ReadDocument(PdfLayout.lines(pages), warnings(empty));
    }

    private List<PdfLine> page(PDDocument document, int number) throws IOException {
        page.clear();
        line.clear();
        setStartPage(number);
        setEndPage(number);
        getText(document);
        endLine();
        return PdfLayout.withoutPageNumber(page);
    }

    private static List<Warning> warnings(List<Integer> empty) {
        return empty.isEmpty()
                ? List.of()
                : List.of(new Warning("page-without-text", 0, "PDF 第 "
                        + empty.stream().map(String::valueOf).collect(Collectors.joining("、"))
                        + " 页没有文字（空白页或图片）。"));
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        if (positions.isEmpty()) {
            return;
        }
        TextPosition first = positions.getFirst();
        TextPosition last = positions.getLast();
        line.add(new PdfLine.Word(text, first.getXDirAdj(), last.getXDirAdj() + last.getWidthDirAdj(),
                first.getYDirAdj(), Math.max(first.getFontSizeInPt(), 1)));
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writePageEnd() {
        endLine();
    }

    private void endLine() {
        PdfLine read = PdfLine.of(line);
        if (!read.text().isBlank()) {
            page.add(read);
        }
        line.clear();
    }
}
