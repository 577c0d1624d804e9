package cn.cityapis.policy.document;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import cn.cityapis.policy.format.AkomaNtoso;
import cn.cityapis.policy.format.Described;
import cn.cityapis.policy.format.MarkdownText;
import cn.cityapis.policy.format.PlainText;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.Node;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Answers a reader in the form that was asked for. */
@Component
class ShowDocuments {

    private final ReadDocuments read;
    private final JsonMapper json;
    private final String city;

    ShowDocuments(ReadDocuments read, JsonMapper json, @Value("${city.code}") String city) {
        this.read = read;
        this.json = json;
        this.city = city;
    }

    Mono<ResponseEntity<byte[]>> document(UUID id, Asked asked, Form form) {
        // what is written may be long, and the XML writer reads its settings from files
        Mono<ResponseEntity<byte[]>> shown = form == Form.JSON
                ? read.view(id, asked).map(this::json)
                : read.whole(id, asked.on(), asked.version()).publishOn(Schedulers.boundedElastic())
                        .map(whole -> Tagged.of(form.type(), write(form, described(whole.version()), whole.tree())));
        return isOver(asked) ? shown.map(Tagged::ofADayThatIsOver) : shown;
    }

    Mono<ResponseEntity<byte[]>> article(UUID id, String article, Asked asked, Form form) {
        Mono<ReadDocuments.Part> part = read.part(id, article, asked);
        Mono<ResponseEntity<byte[]>> shown = form == Form.JSON
                ? part.map(found -> json(
                        ArticleView.of(found.version(), found.article(), read.day(asked.on()))))
                : part.publishOn(Schedulers.boundedElastic()).map(found -> Tagged.of(form.type(),
                        write(form, described(found.version()), found.article())));
        return isOver(asked) ? shown.map(Tagged::ofADayThatIsOver) : shown;
    }

    private boolean isOver(Asked asked) {
        return asked.on() != null && asked.on().isBefore(read.day(null));
    }

    ResponseEntity<byte[]> json(Object view) {
        return Tagged.of(Form.JSON.type(), json.writeValueAsBytes(view));
    }

    private byte[] write(Form form, Described described, Node tree) {
        return switch (form) {
            case TEXT -> bytes(PlainText.document(described, tree));
            case MARKDOWN -> bytes(MarkdownText.document(described, tree));
            case AKN -> AkomaNtoso.document(described, tree);
            case JSON -> json.writeValueAsBytes(tree);
        };
    }

    private byte[] write(Form form, Described described, Article article) {
        return switch (form) {
            case TEXT -> bytes(PlainText.article(described, article));
            case MARKDOWN -> bytes(MarkdownText.article(described, article));
            case AKN -> AkomaNtoso.article(described, article);
            case JSON -> json.writeValueAsBytes(article);
        };
    }

    Described described(DocumentVersion version) {
        return new Described(city, version.id(), version.version(), version.title(), version.number(), version.organs(),
                version.validity(), version.sourceKind(), version.recordedAt(),
                Permalinks.document(version.number(), version.id()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
