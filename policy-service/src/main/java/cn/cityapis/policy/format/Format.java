package cn.cityapis.policy.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a document is written in: told by its first bytes; where they do not tell, by its name. */
enum Format {

    TEXT, MARKDOWN, HTML, DOCX, PDF;

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    /** Old Word and other Office files; a .docx under a password is packed in one of these too. */
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final String PDF_HEAD = "%PDF-";
    /** A PDF may have other bytes in front. */
    private static final int PDF_HEAD_WITHIN = 1024;
    private static final Pattern HTML_HEAD = Pattern.compile(
            "(?is)^\\s*(<\\?xml[^>]{0,200}>\\s*)?(<!--.{0,2000}?-->\\s*)*<(!doctype\\s+html|html|head|meta|title|body|article|div|p|table|h[1-6])[\\s>/].*");
    private static final int LOOKED_AT = 4096;

    static Format of(byte[] content, String name) {
        String file = name.toLowerCase(Locale.ROOT);
        String head = new String(content, 0, Math.min(content.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        int pdf = head.indexOf(PDF_HEAD);
        if (pdf >= 0 && pdf < PDF_HEAD_WITHIN && (pdf == 0 || file.endsWith(".pdf"))) {
            return PDF;
        }
        if (starts(content, ZIP)) {
            return DocxPackage.word(content, file.endsWith(".docx"));
        }
        if (starts(content, OLE)) {
            throw DocxPackage.old(content);
        }
        if (head.startsWith("{\\rtf")) {
            throw new Unreadable(Unreadable.Reason.UNKNOWN, "这是 RTF 文件，请另存为 DOCX");
        }
        return text(file, head);
    }

    private static Format text(String file, String head) {
        if (file.endsWith(".pdf") || file.endsWith(".docx")) {
            throw new Unreadable(Unreadable.Reason.BROKEN, "内容与文件名的格式不符");
        }
        if (file.matches(".*\\.x?html?") || HTML_HEAD.matcher(head.replace("\u00EF\u00BB\u00BF", "")).matches()) {
            return HTML;
        }
        return file.matches(".*\\.(md|markdown)") ? MARKDOWN : TEXT;
    }

    private static boolean starts(byte[] content, byte[] magic) {
        return content.length >= magic.length && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
    }
}
