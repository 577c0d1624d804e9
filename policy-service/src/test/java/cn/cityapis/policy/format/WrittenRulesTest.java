package cn.cityapis.policy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;

class WrittenRulesTest {

    /** What the schema imports for xml:lang and its like. */
    private static final String XML_ATTRIBUTES = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
              <xs:attribute name="lang" type="xs:string"/>
              <xs:attribute name="space" type="xs:NCName"/>
              <xs:attribute name="base" type="xs:anyURI"/>
              <xs:attribute name="id" type="xs:ID"/>
            </xs:schema>
            """;

    static Stream<GazetteDocument> documents() {
        return Stream.of(GazetteParser.parse(Gazettes.madeUp()), GazetteParser.parse(Gazettes.digest()),
                GazetteParser.parse(new String(MadeUp.text(), StandardCharsets.UTF_8)),
                GazetteParser.parse("一句话。<&>\u0000\uD800]]>\n甲\t乙\n")).flatMap(issue -> issue.documents().stream());
    }

    static Stream<GazetteDocument> documentsOfPlainTitles() {
        return documents().filter(document -> !document.title().contains("<&>"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void losesNoCharacterAsAkomaNtoso(GazetteDocument document) throws Exception {
        Document read = dom(AkomaNtoso.document(described(document), document.tree()));
        String text = read.getElementsByTagName("preface").getLength() == 0
                ? ""
                : read.getElementsByTagName("preface").item(0).getTextContent();
        assertThat(tight(text + read.getElementsByTagName("body").item(0).getTextContent()))
                .isEqualTo(tight(document.tree().plain()).replaceAll("[\\x00-\\x08]|\\p{Cs}", "\uFFFD"));
        for (Article article : ArticleSplitter.split(document.tree())) {
            assertThat(tight(dom(AkomaNtoso.article(described(document), article)).getElementsByTagName("portionBody")
                    .item(0).getTextContent()))
                    .isEqualTo(tight(article.text()).replaceAll("[\\x00-\\x08]|\\p{Cs}", "\uFFFD"));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void keepsToTheSchemaOfAkomaNtoso(GazetteDocument document) throws Exception {
        Schema schema = schema();
        for (SourceKind kind : SourceKind.values()) {
            Described described = described(document, kind);
            assertThatCode(() -> {
                validate(schema, AkomaNtoso.document(described, document.tree()));
                for (Article article : ArticleSplitter.split(document.tree())) {
                    validate(schema, AkomaNtoso.article(described, article));
                }
            }).doesNotThrowAnyException();
        }
    }

    @Test
    void namesWorkVersionAndTimeInForce() throws Exception {
        GazetteDocument document = GazetteParser.parse(new String(MadeUp.text(), StandardCharsets.UTF_8)).documents()
                .getFirst();
        Document read = dom(AkomaNtoso.document(described(document), document.tree()));
        assertThat(read.getElementsByTagName("FRBRnumber").item(0).getAttributes().getNamedItem("value").getNodeValue())
                .isEqualTo("海民发〔2031〕8号");
        assertThat(List.of(0, 1)).extracting(i -> read.getElementsByTagName("eventRef").item(i).getAttributes()
                .getNamedItem("date").getNodeValue()).containsExactly("2031-04-01", "2032-04-01");
        assertThat(read.getElementsByTagName("docTitle").item(0).getTextContent()).contains("社区食堂");
        assertThat(read.getElementsByTagName("article").getLength()).isEqualTo(3);
        assertThat(read.getElementsByTagName("td").getLength()).isEqualTo(9);
    }

    @Test
    void readsBackFromMarkdownAsTheSameDocument() {
        GazetteDocument document = GazetteParser.parse(new String(MadeUp.text(), StandardCharsets.UTF_8)).documents()
                .getFirst();
        String markdown = MarkdownText.document(described(document), document.tree());
        assertThat(GazetteParser.parse(ReadDocument.of(markdown.getBytes(StandardCharsets.UTF_8), "a.md").lines())
                .documents().getFirst()).isEqualTo(document);
    }

    @ParameterizedTest
    @MethodSource("documentsOfPlainTitles")
    void losesNoCharacterAsMarkdown(GazetteDocument document) {
        String markdown = MarkdownText.document(described(document), document.tree());
        assertThat(tight(ReadDocument.of(markdown.getBytes(StandardCharsets.UTF_8), "a.md").lines().stream()
                .map(line -> line.text()).reduce("", String::concat))).isEqualTo(tight(document.tree().plain()));
    }

    @Test
    void escapesWhatMarkdownWouldTakeForItsOwn() {
        Node node = Node.of(Kind.PARAGRAPH, "# *甲* _乙_ `丙` [丁](戊) <b> &amp; a|b \\ ~~己~~");
        String markdown = MarkdownText.document(described(SourceKind.DIGEST), node);
        assertThat(ReadDocument.of(markdown.getBytes(StandardCharsets.UTF_8), "a.md").lines())
                .extracting(line -> line.text()).containsExactly("（摘要，不是官方文本）", node.text());
    }

    @Test
    void marksADigestInEveryForm() throws Exception {
        Node tree = new Node(Kind.DOCUMENT, null, "", List.of(), List.of(Node.of(Kind.PARAGRAPH, "甲")));
        Described digest = described(SourceKind.DIGEST);
        assertThat(PlainText.document(digest, tree)).isEqualTo("（摘要，不是官方文本）\n甲\n");
        assertThat(MarkdownText.document(digest, tree)).isEqualTo("> （摘要，不是官方文本）\n\n甲\n\n");
        assertThat(dom(AkomaNtoso.document(digest, tree)).getElementsByTagName("preface").item(0).getTextContent())
                .isEqualTo("（摘要，不是官方文本）");
    }

    private static Described described(GazetteDocument document) {
        return described(document, SourceKind.OFFICIAL);
    }

    private static Described described(GazetteDocument document, SourceKind kind) {
        return new Described("371000", new UUID(0, 1), 2, document.title(),
                document.number() == null ? null : document.number().toString(), document.organs(),
                document.validity(), kind, OffsetDateTime.parse("2031-05-06T07:08:09+08:00"), "/api/x");
    }

    private static Described described(SourceKind kind) {
        return new Described("371000", new UUID(0, 1), 1, "甲", null, List.of(), new Validity(null, null, null, false),
                kind,
                OffsetDateTime.parse("2031-05-06T07:08:09+08:00"), "/api/x");
    }

    private static Document dom(byte[] xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static String tight(String text) {
        return text.replaceAll("[\\s\\u00A0\\u3000]", "");
    }

    private static void validate(Schema schema, byte[] xml) throws Exception {
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
    }

    /** The standard's own schema is not part of the project: it lies beside it, or where akn.schema says. */
    private static Schema schema() throws Exception {
        Path file = Path.of(System.getProperty("akn.schema",
                Path.of("").toAbsolutePath().resolve("../../shared/schemas/akomantoso30.xsd").toString())).normalize();
        Assumptions.assumeTrue(Files.isRegularFile(file),
                () -> "skipped: the schema of Akoma Ntoso is not there (looked for " + file + ")");
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> imported());
        return factory.newSchema(new StreamSource(Files.newInputStream(file)));
    }

    private static LSInput imported() {
        try {
            LSInput input = ((DOMImplementationLS) DOMImplementationRegistry.newInstance()
                    .getDOMImplementation("LS")).createLSInput();
            input.setCharacterStream(new StringReader(XML_ATTRIBUTES));
            return input;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
