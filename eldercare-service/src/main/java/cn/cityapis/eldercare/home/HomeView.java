package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBookReference;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A home as published (第二十五条, 第二十七条), with live counts. */
@Schema(description = "公办养老机构，含实时空床与排队人数")
public record HomeView(@Schema(description = "编号") UUID id,
        @Schema(description = "代码", example = "demo-home-1") String code,
        @Schema(description = "名称", example = "环翠区社会福利中心（演示）") String name,
        @Schema(description = "性质", example = "PUBLIC") Home.HomeKind kind,
        @Schema(description = "区划代码", example = "371002") String districtCode,
        @Schema(description = "区市", example = "环翠区") String districtName, @Schema(description = "地址") String address,
        @Schema(description = "电话", example = "0631-0000001") String phone,
        @Schema(description = "接待时间", example = "每日 08:30–17:00") String openingHours,
        @Schema(description = "纬度", example = "37.496381") @Nullable Double lat,
        @Schema(description = "经度", example = "122.100647") @Nullable Double lon,
        @Schema(description = "坐标系", example = "wgs84") String coordType,
        @Schema(description = "收费项目") List<FeeItem> feeItems, @Schema(description = "床位类型与空床") List<BedCount> bedTypes,
        @Schema(description = "应急床位总数", example = "4") long emergencyBeds,
        @Schema(description = "空闲应急床位", example = "1") long freeEmergencyBeds,
        @Schema(description = "空床总数（不含应急床位）", example = "7") long freeBeds,
        @Schema(description = "各通道排队人数", example = "{\"SPECIAL\":0,\"PRIORITY\":8,\"ORDINARY\":41}") Map<Channel, Long> queue,
        @Schema(description = "排队总人数", example = "49") long queueTotal,
        @Schema(description = "停止运营时间；不出现即在运营") @Nullable Instant closedAt,
        @Schema(description = "公示依据") Citation basis,
        @Schema(description = "所依据的办法") RuleBookReference ruleBook,
        @Schema(description = "是否演示数据", example = "true") boolean demo) {

    /** Beds of one type; emergency beds are not counted in. */
    @Schema(description = "一种床位的总数与空床")
    public record BedCount(@Schema(description = "类型", example = "NURSING") BedKind kind,
            @Schema(description = "接收的能力等级") Set<AbilityLevel> levels,
            @Schema(description = "床位费每月（分）", example = "180000") long monthlyFeeFen,
            @Schema(description = "总数", example = "60") long total,
            @Schema(description = "空床", example = "3") long free) {
    }
}
