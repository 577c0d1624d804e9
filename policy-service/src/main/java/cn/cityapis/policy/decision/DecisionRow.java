package cn.cityapis.policy.decision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.decision.Decision.Dates;
import cn.cityapis.policy.decision.Decision.Kind;
import cn.cityapis.policy.decision.Decision.OfRelation;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A row of the table decision, as the database reads it from JSON.
 *
 * @param sourceKind what the version was before it was withdrawn
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DecisionRow(UUID id, String kind, UUID workId, @Nullable UUID versionId, @Nullable Integer version,
        @Nullable String sourceKind, @Nullable String relationKind, @Nullable UUID target, @Nullable String part,
        @Nullable LocalDate issued, @Nullable LocalDate inForce, @Nullable LocalDate validUntil,
        @Nullable LocalDate readIssued, @Nullable LocalDate readInForce, @Nullable LocalDate readUntil,
        @Nullable String source, String reason, String decidedBy, OffsetDateTime decidedAt) {

    /** A version as it was read, before the decision on it. */
    record ReadVersion(UUID id, UUID work, int version, String sourceKind, Dates dates) {
    }

    /** A relation as it was read. */
    record ReadRelation(UUID statedIn, String kind, UUID target, @Nullable String part) {
    }

    /** Who decided, when and why. */
    record Made(UUID id, Kind kind, @Nullable String source, String reason, String by, OffsetDateTime at) {
    }

    static DecisionRow on(ReadVersion read, @Nullable Dates set, Made made) {
        Dates before = set == null ? new Dates(null, null, null) : read.dates();
        Dates after = set == null ? new Dates(null, null, null) : set;
        return new DecisionRow(made.id(), made.kind().code(), read.work(), read.id(), read.version(), read.sourceKind(),
                null, null, null, after.issued(), after.inForce(), after.validUntil(), before.issued(),
                before.inForce(), before.validUntil(), made.source(), made.reason(), made.by(), made.at());
    }

    static DecisionRow on(ReadRelation read, Made made) {
        return new DecisionRow(made.id(), made.kind().code(), read.statedIn(), null, null, null, read.kind(),
                read.target(), read.part(), null, null, null, null, null, null, made.source(), made.reason(), made.by(),
                made.at());
    }

    static Decision view(Readable row) {
        Kind kind = Kind.of(text(row, "kind"));
        String relation = row.get("relation_kind", String.class);
        UUID target = row.get("target", UUID.class);
        boolean dates = kind == Kind.SET_DATES;
        return new Decision(uuid(row, "id"), kind, uuid(row, "work_id"), row.get("version", Integer.class),
                relation == null || target == null
                        ? null
                        : new OfRelation(relation, target, row.get("part", String.class)),
                dates ? dates(row, "issued", "in_force", "valid_until") : null,
                dates ? dates(row, "read_issued", "read_in_force", "read_until") : null,
                row.get("source", String.class), text(row, "reason"), text(row, "decided_by"),
                Objects.requireNonNull(row.get("decided_at", OffsetDateTime.class)),
                row.get("revoked_by", String.class), row.get("revoked_at", OffsetDateTime.class),
                row.get("revoked_because", String.class));
    }

    static Dates dates(Readable row, String issued, String inForce, String until) {
        return new Dates(row.get(issued, LocalDate.class), row.get(inForce, LocalDate.class),
                row.get(until, LocalDate.class));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static UUID uuid(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, UUID.class));
    }
}
