package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.document.Stub;
import cn.cityapis.policy.text.Extension;
import cn.cityapis.policy.text.KeptAlive;
import cn.cityapis.policy.text.Repeal;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether a document holds on a day. */
@Schema(description = "一份文件在某一天的效力")
public record StatusView(@Schema(description = "文件标识") UUID id,
        @Schema(description = "文号", example = "威民发〔2023〕17号") @Nullable String number,
        @Schema(description = "标题") String title,
        @Schema(description = "是否收录了正文", example = "true") boolean held,
        @Schema(description = "哪一天", example = "2026-11-21") LocalDate statusOn,
        @Schema(description = "效力：not-yet-in-force 尚未施行；in-force 现行有效；expired 期满失效；repealed 已废止；unknown 不详", example = "expired") Status status,
        @Schema(description = "效力说明，可直接展示", example = "已失效，有效期至2024年12月31日，期满后未见延续文件（试行文件）") String statusText,
        @Schema(description = "施行的第一天", example = "2023-07-18") @Nullable LocalDate inForceFrom,
        @Schema(description = "自定有效期的最后一天", example = "2024-12-31") @Nullable LocalDate validUntil,
        @Schema(description = "由哪份文件延长有效期；没有延长时不出现") @Nullable ExtendedBy extended,
        @Schema(description = "是否试行、暂行", example = "true") boolean trial,
        @Schema(description = "由哪份文件废止（也可能在 statusOn 之后才废止）") @Nullable RepealedBy repealed,
        @Schema(description = "固定链接") String permalink) {

    @Schema(description = "废止这份文件的文件")
    public record RepealedBy(@Schema(description = "文号或标题", example = "威金监发〔2023〕25号") String by,
            @Schema(description = "写明废止的条目", example = "第十五条") @Nullable String articleLabel,
            @Schema(description = "自这一天起不再有效；日期不详时不出现", example = "2023-08-09") @Nullable LocalDate since,
            @Schema(description = "仍按原规定执行的例外：remaining-term 未满年限的剩余年限；existing-matters 此前已办理的事项", example = "remaining-term") @Nullable KeptAlive keeps) {

        static @Nullable RepealedBy of(@Nullable Repeal repeal) {
            return repeal == null
                    ? null
                    : new RepealedBy(repeal.by(), repeal.article(), repeal.since(), repeal.keeps());
        }
    }

    @Schema(description = "延长这份文件有效期的文件")
    public record ExtendedBy(@Schema(description = "文号或标题", example = "海政发〔2025〕3号") String by,
            @Schema(description = "写明延长的条目", example = "第一条") @Nullable String articleLabel,
            @Schema(description = "延长后的最后一天；继续有效而未写明日期时不出现", example = "2027-12-31") @Nullable LocalDate until) {

        static @Nullable ExtendedBy of(@Nullable Extension extension) {
            return extension == null
                    ? null
                    : new ExtendedBy(extension.by(), extension.article(), extension.until());
        }
    }

    static StatusView of(DocumentVersion document, LocalDate day) {
        return new StatusView(document.id(), document.number(), document.title(), true, day,
                document.standing().on(day), document.standing().wording(day), document.validity().from(),
                document.validity().until(), ExtendedBy.of(document.extension()), document.validity().trial(),
                RepealedBy.of(document.standing().ending()),
                Permalinks.document(document.number(), document.id()));
    }

    static StatusView of(Stub stub, LocalDate day) {
        return new StatusView(stub.id(), stub.number(), stub.name(), false, day, stub.standing().on(day),
                stub.wording(day), null, null, null, false, RepealedBy.of(stub.repeal()),
                Permalinks.document(stub.number(), stub.id()));
    }
}
