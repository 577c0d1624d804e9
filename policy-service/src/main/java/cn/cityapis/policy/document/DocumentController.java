package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.platform.security.Access;
import cn.cityapis.policy.format.PlainText;
import cn.cityapis.policy.text.Node;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/documents")
@Tag(name = "文件", description = "按文号或标识查阅文件、条目、结构和全文")
class DocumentController {

    private static final String ON = "查阅日：给出这一天收录的版本（当天尚未收录的给现行版本）；默认今天";
    private static final String VERSION = "版本号，默认现行版本（官方文本先于摘要，新版先于旧版）";

    private final ReadDocuments read;
    private final ShowDocuments show;

    DocumentController(ReadDocuments read, ShowDocuments show) {
        this.read = read;
        this.show = show;
    }

    @GetMapping("/{id}")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocument", summary = "一份文件", description = "JSON 给出题录与条目清单；纯文本、Markdown、Akoma Ntoso 给出全文，由 Accept 或 format 选择。效力由日期推算，不存储；sourceKind 说明内容是官方文本还是摘要。带 If-None-Match 时未变的内容答 304。")
    @InDocumentForms
    Mono<ResponseEntity<byte[]>> document(@PathVariable UUID id, @ParameterObject Asked asked,
            ServerHttpRequest request) {
        return show.document(id, asked, Form.of(request, asked.format()));
    }

    @GetMapping("/by-number/{number}")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocumentByNumber", summary = "按文号查阅文件", description = "文号的各种写法都能识别：〔〕【】[]()、全角数字、空格，如“威民发[2023]17”。固定链接。形式同按标识查阅。")
    @InDocumentForms
    Mono<ResponseEntity<byte[]>> byNumber(
            @Parameter(description = "文号", example = "威民发〔2023〕17号") @PathVariable String number,
            @ParameterObject Asked asked, ServerHttpRequest request) {
        Form form = Form.of(request, asked.format());
        return read.byNumber(number).flatMap(id -> show.document(id, asked, form));
    }

    @GetMapping("/{id}/tree")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocumentTree", summary = "文件的结构树", description = "章、条、项、段、表、附件；依次连起来就是全文。")
    @ApiResponse(responseCode = "200", headers = @Header(name = "ETag", schema = @Schema(type = "string")), content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Node.class)))
    Mono<ResponseEntity<byte[]>> tree(@PathVariable UUID id,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return read.whole(id, on, version).map(whole -> show.json(whole.tree()));
    }

    @GetMapping("/{id}/text")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocumentText", summary = "文件全文（纯文本）", description = "一个节点一行，表格单元以制表符分隔；摘要的首行注明是摘要。")
    @ApiResponse(responseCode = "200", headers = @Header(name = "ETag", schema = @Schema(type = "string")), content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    Mono<ResponseEntity<byte[]>> text(@PathVariable UUID id,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return read.whole(id, on, version).map(whole -> Tagged.of(Form.TEXT.type(), PlainText
                .document(show.described(whole.version()), whole.tree()).getBytes(StandardCharsets.UTF_8)));
    }
}
