package cn.cityapis.policy.search;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.SourceKind;

/** Texts as the index takes them over, without a database. */
final class Corpus {

    private Corpus() {
    }

    static List<IndexedDocument> of(String gazette) {
        return GazetteParser.parse(gazette).documents().stream().map(Corpus::indexed).toList();
    }

    private static IndexedDocument indexed(GazetteDocument document) {
        String number = text(document.number());
        UUID id = UUID.nameUUIDFromBytes((number + document.title()).getBytes(StandardCharsets.UTF_8));
        return new IndexedDocument(
                new DocumentVersion(id, id, 1, SourceKind.OFFICIAL, number, text(document.contentsNumber()),
                        document.title(), document.organs(), document.addressees(), document.validity(), null, null,
                        document.topic(), null, OffsetDateTime.parse("2023-09-01T00:00:00+08:00")),
                ArticleSplitter.split(document.tree()));
    }

    private static String text(DocumentNumber number) {
        return number == null ? null : number.toString();
    }
}
