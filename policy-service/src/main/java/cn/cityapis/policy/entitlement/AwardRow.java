package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.text.Article;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An award clause as the table has it. */
record AwardRow(UUID id, @JsonProperty("version_id") UUID version, @JsonProperty("work_id") UUID work,
        @JsonProperty("article_key") String articleKey, @JsonProperty("starts_at") int startsAt,
        @JsonProperty("ends_at") int endsAt, String support, @JsonProperty("amount_fen") @Nullable Long amountFen,
        @JsonProperty("basis_points") @Nullable Integer basisPoints, String bound, List<String> audiences,
        List<String> organs, Entitlements.Detail detail) {

    static AwardRow of(UUID id, UUID version, UUID work, List<String> issuers, Article article, Award award) {
        String text = article.text();
        Amount amount = award.amount();
        return new AwardRow(id, version, work, article.key(), amount.span().start(), amount.span().end(),
                award.support().code(),
                amount.amountFen(), amount.basisPoints(), amount.bound().code(), award.audiences(),
                award.organs().isEmpty() ? issuers : award.organs(),
                new Entitlements.Detail(award.who().of(text), award.condition().of(text), amount));
    }
}
