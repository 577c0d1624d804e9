package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.policy.relation.FoundRelation.Kept;
import cn.cityapis.policy.relation.FoundRelation.Longer;
import cn.cityapis.policy.relation.FoundRelation.Place;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A row of the table relation, as the database reads it from JSON. */
record RelationRow(UUID id, @JsonProperty("version_id") UUID version, @JsonProperty("stated_in") UUID statedIn,
        UUID source, RelationKind kind, @Nullable UUID target, @Nullable String part, @Nullable String place,
        @JsonProperty("article_key") @Nullable String articleKey,
        @JsonProperty("article_label") @Nullable String articleLabel, @Nullable LocalDate effective,
        @JsonProperty("kept_alive") @Nullable String keptAlive,
        @JsonProperty("kept_alive_key") @Nullable String keptAliveKey,
        @JsonProperty("kept_alive_label") @Nullable String keptAliveLabel, @Nullable LocalDate until,
        @Nullable Integer months) {

    static RelationRow of(UUID id, UUID version, UUID work, UUID source, @Nullable UUID target,
            FoundRelation found) {
        Place stands = found.stands();
        Kept kept = found.exception();
        Longer longer = found.longer();
        return new RelationRow(id, version, work, source, found.kind(), target, found.part(), found.place(),
                stands == null ? null : stands.key(), stands == null ? null : stands.label(), found.effective(),
                kept == null ? null : kept.what().code(), kept == null ? null : kept.stands().key(),
                kept == null ? null : kept.stands().label(), longer == null ? null : longer.until(),
                longer == null ? null : longer.months());
    }
}
