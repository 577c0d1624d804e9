package cn.cityapis.platform.events;

import java.time.OffsetDateTime;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A CloudEvents 1.0 event in its JSON format. Receivers recognise a repeated delivery by {@code id}. */
public record CloudEvent(String specversion, UUID id, String source, String type, String subject, OffsetDateTime time,
        String datacontenttype, JsonNode data) {

    static CloudEvent of(UUID id, String source, String type, String subject, OffsetDateTime time, JsonNode data) {
        return new CloudEvent("1.0", id, source, type, subject, time, "application/json", data);
    }
}
