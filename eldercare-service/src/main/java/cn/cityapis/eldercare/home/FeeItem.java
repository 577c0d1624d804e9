package cn.cityapis.eldercare.home;

import io.swagger.v3.oas.annotations.media.Schema;

/** A fee as published by the home (第二十二条). */
@Schema(description = "收费项目")
public record FeeItem(@Schema(description = "项目", example = "餐费") String name,
        @Schema(description = "每月（分）", example = "60000") long monthlyFen) {
}
