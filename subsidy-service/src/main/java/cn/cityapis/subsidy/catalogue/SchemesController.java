package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Scheme;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The schemes, as anyone may read them. */
@RestController
@RequestMapping("/api/subsidy/v1/schemes")
@Tag(name = "补贴方案", description = "以数据形式发布的补贴规则：事实、条件、金额、依据、示例")
class SchemesController {

    private final SchemeCatalogue catalogue;

    SchemesController(SchemeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Schema(description = "补贴方案概要")
    record SchemeSummary(@Schema(description = "方案编号", example = "talent-living-allowance") String id,
            @Schema(description = "版本", example = "1") int version,
            @Schema(description = "名称", example = "人才生活津贴") String title,
            @Schema(description = "适用对象概述") String summary,
            @Schema(description = "施行日", example = "2018-01-01") LocalDate inForceFrom,
            @Schema(description = "失效日（含），未定则空") @Nullable LocalDate inForceUntil,
            @Schema(description = "申领主体") List<ApplicantKind> applicants,
            @Schema(description = "个人能否直接申请") boolean openToPersons) {

        static SchemeSummary of(Scheme scheme) {
            return new SchemeSummary(scheme.id(), scheme.version(), scheme.title(), scheme.summary(),
                    scheme.inForceFrom(),
                    scheme.inForceUntil(), scheme.applicants(), scheme.process().isOpenToPersons());
        }
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listSchemes", summary = "列出补贴方案", description = "按方案编号排序。")
    Mono<Page<SchemeSummary>> list(PageRequest page) {
        List<SchemeSummary> rows = catalogue.all().stream().map(one -> SchemeSummary.of(one.scheme()))
                .filter(one -> page.isFirst() || one.id().compareTo(page.after().getFirst()) > 0)
                .limit(page.rowsToRead())
                .toList();
        return Mono.just(Page.of(rows, page, one -> List.of(one.id())));
    }

    @GetMapping("/{id}")
    @Access(scope = "subsidy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getScheme", summary = "读取一个补贴方案", description = "方案全文：事实、条件（表达式与依据）、法定数值、选项、金额、分担、程序、示例。")
    Mono<Scheme> get(@Parameter(description = "方案编号", example = "talent-living-allowance") @PathVariable String id) {
        return Mono.justOrEmpty(catalogue.find(id)).map(CompiledScheme::scheme)
                .switchIfEmpty(
                        Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有编号为 " + id + " 的补贴方案")));
    }
}
