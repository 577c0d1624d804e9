package cn.cityapis.pharmacy.institution;

import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Position;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place that sells, as it is shown: its point in the datum that was asked for. */
@Schema(description = "售药机构")
public record PharmacyView(@Schema(description = "机构编号") UUID pharmacyId,
        @Schema(description = "类型", allowableValues = {
                "store", "private_hospital", "clinic", "public_hospital"}) String kind,
        @Schema(description = "名称", example = "演示连锁一号大药房竹岛街道1店") String name,
        @Schema(description = "所属连锁企业；医院和诊所没有") @Nullable String chainName,
        @Schema(description = "地址") String address,
        @Schema(description = "所在街道（镇）代码", example = "371002003") String areaCode,
        @Schema(description = "电话") String phone,
        @Schema(description = "是否医保定点") boolean insuranceAccepted, Position position,
        @Schema(description = "是否为演示数据") boolean demo) {

    public static PharmacyView of(Pharmacy pharmacy, CoordType shownIn) {
        return new PharmacyView(pharmacy.id(), pharmacy.kind(), pharmacy.name(), pharmacy.chainName(),
                pharmacy.address(), pharmacy.areaCode(), pharmacy.phone(), pharmacy.insuranceAccepted(),
                Position.of(pharmacy.point(), shownIn), pharmacy.demo());
    }

    /** With what only a look at the single place needs. */
    @Schema(name = "PharmacyDetail", description = "售药机构详情")
    public record Detail(@JsonUnwrapped PharmacyView pharmacy,
            @Schema(description = "现在是否营业") boolean openNow,
            @Schema(description = "每周营业时间") List<OpeningHours> openingHours,
            @Schema(description = "是否随国务院放假安排：放假日按星期日、调休上班日按星期一的时间营业") boolean keepsCalendar,
            @Schema(description = "停业日，自该日起不再营业；没有停业时不出现") @Nullable LocalDate closedOn,
            @Schema(description = "今天起已申报的特殊营业时间") List<OpeningException> openingExceptions,
            @Schema(description = "今天参加的项目", allowableValues = {
                    "chain_procurement",
                    "private_institutions"}) List<String> programmes) {
    }
}
