package cn.cityapis.platform.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A CloudEvents 1.0 event in its JSON format. Receivers recognise a repeated delivery by {@code id}. */
@Schema(description = "事件（CloudEvents 1.0）")
public record CloudEvent(@Schema(description = "规范版本", example = "1.0") String specversion,
        @Schema(description = "事件编号；重复投递时不变") UUID id,
        @Schema(description = "来源服务", example = "/api/eldercare/v1") String source,
        @Schema(description = "事件类型") String type, @Schema(description = "事件所说的对象") String subject,
        @Schema(description = "发生的时间") OffsetDateTime time,
        @Schema(description = "数据的格式", example = "application/json") String datacontenttype,
        @Schema(description = "对象的编号和状态；不含个人信息，详情凭自己的令牌读取", implementation = Object.class) JsonNode data) {

    static CloudEvent of(UUID id, String source, String type, String subject, OffsetDateTime time, JsonNode data) {
        return new CloudEvent("1.0", id, source, type, subject, time, "application/json", data);
    }
}
