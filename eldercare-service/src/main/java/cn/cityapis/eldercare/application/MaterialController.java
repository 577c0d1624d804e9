package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.WholeBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The papers of an application. */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}")
@Tag(name = "申请材料", description = "上传文件，或由主管部门登记系统确认")
class MaterialController {

    /** Largest file taken. */
    static final int MOST_BYTES = 5 * 1024 * 1024;

    private final ProvideMaterial provide;
    private final ApplicationAccess access;
    private final Materials materials;
    private final FileStore files;
    private final Idempotency idempotency;
    private final Audit audit;

    MaterialController(ProvideMaterial provide, ApplicationAccess access, Materials materials, FileStore files,
            Idempotency idempotency, Audit audit) {
        this.provide = provide;
        this.access = access;
        this.materials = materials;
        this.files = files;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "请求由登记系统确认")
    record RegisterCheck(
            @Schema(description = "材料类别", example = "TOWN_PROOF") @NotNull(message = "请选择材料类别") @Nullable MaterialKind kind) {
    }

    @PostMapping(path = "/materials", consumes = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "uploadMaterial", summary = "上传一份材料", description = "PDF、JPEG 或 PNG，按文件内容识别类型，最大 5 MiB。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = {
            @Content(mediaType = "application/pdf", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary"))}))
    Mono<ResponseEntity<Material>> upload(@PathVariable("applicationId") UUID id,
            @Parameter(description = "材料类别", example = "APPLICANT_ID_CARD") @RequestParam("kind") MaterialKind kind,
            IdempotencyKey key, Caller caller, @RequestBody Flux<DataBuffer> body) {
        return WholeBody.read(body, MOST_BYTES, EldercareProblem.FILE_TOO_LARGE, "单个文件不能超过 5 MiB")
                .flatMap(content -> {
                    FileType type = FileType.of(content)
                            .orElseThrow(() -> ProblemException.of(EldercareProblem.FILE_TYPE_NOT_ACCEPTED));
                    String digest = ProvideMaterial.sha256(content);
                    return idempotency.execute(key, digest, () -> provide.upload(caller, id, kind, type, content)
                            .map(material -> ResponseEntity.status(HttpStatus.CREATED).body(material)));
                });
    }

    @PostMapping("/register-checks")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "confirmMaterialByRegister", summary = "由主管部门登记系统确认，代替上传", description = "仅限镇街证明与退役军人等证件；未能确认时请上传。")
    Mono<ResponseEntity<Material>> confirm(@PathVariable("applicationId") UUID id, IdempotencyKey key, Caller caller,
            @RequestBody RegisterCheck request) {
        return idempotency.execute(key, request,
                () -> provide.confirm(caller, id, Objects.requireNonNull(request.kind()))
                        .map(material -> ResponseEntity.status(HttpStatus.CREATED).body(material)));
    }

    @GetMapping("/materials")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listMaterials", summary = "已提供的材料", description = "种类、来源、文件类型和 SHA-256 摘要，不含文件内容；文件用 downloadMaterial 下载，其 materialId 即这里的 id。")
    Mono<List<Material>> list(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).flatMap(application -> materials.of(id));
    }

    @GetMapping(path = "/materials/{materialId}/file", produces = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "eldercare.read")
    @Operation(operationId = "downloadMaterial", summary = "下载材料文件（每次查看均留痕）", description = "按上传时的类型（PDF、JPEG 或 PNG）返回文件本身。没有文件的材料（如登记系统核实的）返回 404。")
    Mono<ResponseEntity<byte[]>> download(@PathVariable("applicationId") UUID id,
            @PathVariable("materialId") UUID materialId, Caller caller) {
        return access.readable(caller, id)
                .flatMap(application -> materials.of(id))
                .flatMap(found -> Mono.justOrEmpty(found.stream().filter(each -> isFile(each, materialId)).findFirst()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(material -> audit
                        .record(caller, "material.read", "material", materialId.toString(),
                                Map.of("kind", material.kind()))
                        .then(files.read(materialId))
                        .map(content -> ResponseEntity.ok()
                                .contentType(MediaType.parseMediaType(Objects.requireNonNull(material.mediaType())))
                                .header("X-Content-Type-Options", "nosniff")
                                .body(content)));
    }

    private static boolean isFile(Material material, UUID id) {
        return material.id().equals(id) && material.source() == Material.Source.UPLOAD;
    }
}
