package cn.cityapis.policy.document;

import java.util.UUID;

import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/documents")
@Tag(name = "文件")
class ArticleController {

    private static final String ARTICLE = "条目编号：19、第十九条，或逐级编号 2.4.15";

    private final ReadDocuments read;
    private final ShowDocuments show;

    ArticleController(ReadDocuments read, ShowDocuments show) {
        this.read = read;
        this.show = show;
    }

    @GetMapping("/{id}/articles/{article}")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getArticle", summary = "一个条目的全文", description = "条、项都可以；附带引用所需的文号、效力。形式由 Accept 或 format 选择：JSON、纯文本、Markdown、Akoma Ntoso。带 If-None-Match 时未变的内容答 304。")
    @InArticleForms
    Mono<ResponseEntity<byte[]>> article(@PathVariable UUID id,
            @Parameter(description = ARTICLE, example = "19") @PathVariable String article,
            @ParameterObject Asked asked, ServerHttpRequest request) {
        return show.article(id, article, asked, Form.of(request, asked.format()));
    }

    @GetMapping("/by-number/{number}/articles/{article}")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getArticleByNumber", summary = "按文号查阅一个条目", description = "固定链接，供其他系统引用。形式同按标识查阅。")
    @InArticleForms
    Mono<ResponseEntity<byte[]>> articleByNumber(
            @Parameter(description = "文号", example = "威民发〔2023〕17号") @PathVariable String number,
            @Parameter(description = ARTICLE, example = "19") @PathVariable String article,
            @ParameterObject Asked asked, ServerHttpRequest request) {
        Form form = Form.of(request, asked.format());
        return read.byNumber(number).flatMap(id -> show.article(id, article, asked, form));
    }
}
