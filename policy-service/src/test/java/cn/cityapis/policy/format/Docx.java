package cn.cityapis.policy.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The least a Word document consists of. */
final class Docx {

    static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String MAIN = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private static final String KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private Docx() {
    }

    static String paragraph(String text) {
        return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
    }

    static String part(String root, String content) {
        return HEAD + "<w:" + root + " " + MAIN + ">" + content + "</w:" + root + ">";
    }

    static byte[] of(String body) {
        return of(body, Map.of());
    }

    /** @param others parts by name, such as numbering */
    static byte[] of(String body, Map<String, String> others) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("word/document.xml", bytes(part("document", "<w:body>" + body + "<w:sectPr/></w:body>")));
        others.forEach((name, content) -> parts.put("word/" + name + ".xml", bytes(content)));
        return zip(parts);
    }

    static byte[] ofMainPart(byte[] document) {
        return zip(Map.of("word/document.xml", document));
    }

    private static byte[] zip(Map<String, byte[]> parts) {
        StringBuilder types = new StringBuilder(HEAD
                + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        parts.keySet().forEach(name -> types.append("<Override PartName=\"/").append(name).append("\" ContentType=\"")
                .append(KIND)
                .append(name.replaceAll("word/|\\.xml", "").replaceFirst("^document$", "document.main"))
                .append("+xml\"/>"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "[Content_Types].xml", bytes(types.append("</Types>").toString()));
            entry(zip, "_rels/.rels", bytes(HEAD
                    + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\""
                    + RELATION + "officeDocument\" Target=\"word/document.xml\"/></Relationships>"));
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                entry(zip, part.getKey(), part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
