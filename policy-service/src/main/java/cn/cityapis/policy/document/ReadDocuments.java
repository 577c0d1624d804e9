package cn.cityapis.policy.document;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleKey;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Node;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the document, version and article that a reader asks for. */
@Component
class ReadDocuments {

    /** All versions, and the one that is shown. */
    private record Shown(DocumentVersion version, List<DocumentVersion> all) {
    }

    /** A version with its text. */
    record Whole(DocumentVersion version, Node tree) {
    }

    /** An article and the version it stands in. */
    record Part(DocumentVersion version, Article article) {
    }

    private final Documents documents;
    private final Links links;
    private final Clock clock;

    ReadDocuments(Documents documents, Links links, Clock clock) {
        this.documents = documents;
        this.links = links;
        this.clock = clock;
    }

    Mono<UUID> byNumber(String number) {
        DocumentNumber read = DocumentNumber.parse(number)
                .orElseThrow(() -> ProblemException.of(CommonProblem.VALIDATION_FAILED, "文号应如“威民发〔2023〕17号”",
                        List.of(new Violation("/number", "wrong-format", "文号应如“威民发〔2023〕17号”"))));
        return documents.byNumber(read).switchIfEmpty(
                Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND, "没有找到文号为" + read + "的文件")));
    }

    Mono<DocumentView> view(UUID id, Asked asked) {
        Mono<DocumentView> held = shown(id, asked.on(), asked.version())
                .flatMap(shown -> documents.articles(shown.version().versionId())
                        .flatMap(articles -> links.of(shown.version().id())
                                .flatMap(linked -> documents.datesSource(shown.version().versionId())
                                        .map(Optional::of).defaultIfEmpty(Optional.empty())
                                        .map(source -> DocumentView.of(shown.version(), shown.all(), articles, linked,
                                                source.orElse(null), day(asked.on()))))));
        return asked.version() != null
                ? held
                : links.stub(id).flatMap(stub -> links.of(stub.id())
                        .map(linked -> DocumentView.of(stub, linked, day(asked.on())))).switchIfEmpty(held);
    }

    Mono<Whole> whole(UUID id, @Nullable LocalDate on, @Nullable Integer version) {
        return shown(id, on, version).flatMap(shown -> documents.tree(shown.version().versionId())
                .map(tree -> new Whole(shown.version(), tree)));
    }

    Mono<Part> part(UUID id, String article, Asked asked) {
        return shown(id, asked.on(), asked.version())
                .flatMap(shown -> documents.articles(shown.version().versionId())
                        .map(articles -> new Part(shown.version(), ArticleKey.find(articles, article)
                                .orElseThrow(() -> ProblemException.of(PolicyProblem.ARTICLE_NOT_FOUND)))));
    }

    private Mono<Shown> shown(UUID id, @Nullable LocalDate on, @Nullable Integer version) {
        return documents.versions(id)
                .switchIfEmpty(links.stub(id).flatMap(stub -> Mono.error(ProblemException
                        .of(PolicyProblem.DOCUMENT_NOT_HELD))))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND)))
                .map(all -> new Shown(pick(all, on, version), all));
    }

    private DocumentVersion pick(List<DocumentVersion> all, @Nullable LocalDate on, @Nullable Integer version) {
        if (version != null) {
            return Versions.numbered(all, version)
                    .orElseThrow(() -> ProblemException.of(PolicyProblem.VERSION_NOT_FOUND));
        }
        return on == null ? all.getFirst() : Versions.on(all, on, clock.getZone());
    }

    LocalDate day(@Nullable LocalDate on) {
        return on == null ? LocalDate.now(clock) : on;
    }
}
