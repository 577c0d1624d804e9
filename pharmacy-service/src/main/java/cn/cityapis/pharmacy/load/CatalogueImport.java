package cn.cityapis.pharmacy.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file that was uploaded, and what it would do or has done. */
@Schema(description = "一个目录文件：先预览，再按编号生效")
record CatalogueImport(@Schema(description = "编号") UUID importId,
        @Schema(description = "内容", type = "string", allowableValues = {
                "drugs", "decoction_pieces", "consumables", "awards", "prices", "volumes", "institutions",
                "suppliers", "participations"}, example = "prices") ImportKind kind,
        @Schema(description = "状态", allowableValues = {"previewed", "applied"}, example = "previewed") String state,
        @Schema(description = "数据行数", example = "12000") int received,
        @Schema(description = "新增的行数", example = "11800") int fresh,
        @Schema(description = "更正现有记录的行数（现有记录保留）", example = "100") int corrections,
        @Schema(description = "与现有记录相同、不必处理的行数", example = "80") int unchanged,
        @Schema(description = "存疑的行数，生效时须另行确认", example = "15") int questioned,
        @Schema(description = "有问题、不会采用的行数", example = "5") int bad,
        @Schema(description = "上传时间") OffsetDateTime uploadedAt,
        @Schema(description = "生效时间；未生效时不出现") @Nullable OffsetDateTime appliedAt,
        @Schema(description = "实际写入的行数；未生效时不出现") @Nullable Integer taken, @JsonIgnore long basedOn,
        @JsonIgnore long version) {
}
