package cn.cityapis.policy.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** A PDF in a Chinese font that is named, not embedded, as many official ones are. */
final class Pdf {

    private static final int SIZE = 14;
    private static final int LEFT = 80;
    private static final int TOP = 760;
    private static final int LEADING = 24;

    /** Text at a place: characters from the left margin, lines from the top of the first page. */
    record Piece(double column, int line, String text) {
    }

    private Pdf() {
    }

    static double width(char c) {
        return c < 0x7F ? 0.5 : 1;
    }

    static byte[] of(List<Piece> pieces, int linesOnAPage) {
        return saved(document(pieces, linesOnAPage));
    }

    static byte[] locked(List<Piece> pieces) {
        PDDocument document = document(pieces, 20);
        StandardProtectionPolicy lock = new StandardProtectionPolicy("owner", "reader", new AccessPermission());
        lock.setEncryptionKeyLength(128);
        try {
            document.protect(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return saved(document);
    }

    private static byte[] saved(PDDocument document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (document) {
            document.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static PDDocument document(List<Piece> pieces, int linesOnAPage) {
        PDDocument document = new PDDocument();
        int last = pieces.stream().mapToInt(Piece::line).max().orElse(0) / linesOnAPage;
        for (int page = 0; page <= last; page++) {
            int number = page;
            StringBuilder content = new StringBuilder("BT /F1 " + SIZE + " Tf\n");
            pieces.stream().filter(piece -> piece.line() / linesOnAPage == number)
                    .forEach(piece -> show(content, piece, linesOnAPage));
            if (!pieces.isEmpty()) {
                show(content, new Piece(11, linesOnAPage + number * linesOnAPage, "— " + (number + 1) + " —"),
                        Integer.MAX_VALUE, number * linesOnAPage);
            }
            document.addPage(page(document, content.append("ET\n").toString()));
        }
        return document;
    }

    private static void show(StringBuilder content, Piece piece, int linesOnAPage) {
        show(content, piece, linesOnAPage, 0);
    }

    private static void show(StringBuilder content, Piece piece, int linesOnAPage, int above) {
        double y = TOP - (piece.line() - above) % linesOnAPage * (double) LEADING;
        content.append(String.format(Locale.ROOT, "1 0 0 1 %.1f %.1f Tm <%s> Tj%n", LEFT + piece.column() * SIZE, y,
                HexFormat.of().formatHex(piece.text().getBytes(StandardCharsets.UTF_16BE))));
    }

    private static PDPage page(PDDocument document, String content) {
        PDPage page = new PDPage();
        PDResources resources = new PDResources();
        COSDictionary fonts = new COSDictionary();
        fonts.setItem(COSName.getPDFName("F1"), font());
        resources.getCOSObject().setItem(COSName.FONT, fonts);
        page.setResources(resources);
        PDStream stream = new PDStream(document);
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.setContents(stream);
        return page;
    }

    private static COSDictionary font() {
        COSDictionary system = new COSDictionary();
        system.setItem(COSName.REGISTRY, new COSString("Adobe"));
        system.setItem(COSName.ORDERING, new COSString("GB1"));
        system.setInt(COSName.SUPPLEMENT, 4);
        COSDictionary glyphs = new COSDictionary();
        glyphs.setItem(COSName.TYPE, COSName.FONT);
        glyphs.setItem(COSName.SUBTYPE, COSName.getPDFName("CIDFontType0"));
        glyphs.setName(COSName.BASE_FONT, "STSong-Light");
        glyphs.setItem(COSName.CIDSYSTEMINFO, system);
        glyphs.setInt(COSName.DW, 1000);
        glyphs.setItem(COSName.W, new COSArray(List.of(COSInteger.get(1), COSInteger.get(95), COSInteger.get(500))));
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, "STSong-Light");
        font.setItem(COSName.ENCODING, COSName.getPDFName("UniGB-UCS2-H"));
        font.setItem(COSName.DESCENDANT_FONTS, new COSArray(List.of(glyphs)));
        return font;
    }
}
