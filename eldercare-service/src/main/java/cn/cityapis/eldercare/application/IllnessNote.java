package cn.cityapis.eldercare.application;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** 第二十三条: a suspicion, and by which law it is handled; it disqualifies nobody here. */
@Schema(description = "疑似传染病或精神障碍的处理记录（第二十三条）")
record IllnessNote(@Schema(description = "编号") UUID id, @Schema(description = "种类", example = "INFECTIOUS") Kind kind,
        @Schema(description = "发现日期", example = "2026-11-20") LocalDate notedOn,
        @Schema(description = "处理情况", example = "已按规定报告并送医排查") String handling,
        @Schema(description = "依照的法律", example = "传染病防治法") String law,
        @Schema(description = "记录时间") Instant recordedAt) {

    enum Kind {
        INFECTIOUS("传染病防治法"), MENTAL("精神卫生法");

        private final String law;

        Kind(String law) {
            this.law = law;
        }

        String law() {
            return law;
        }
    }
}
