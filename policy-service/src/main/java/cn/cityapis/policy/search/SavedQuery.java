package cn.cityapis.policy.search;

import org.jspecify.annotations.Nullable;

/** A search that is kept, to be asked of each new document. The filters are those of a search. */
public record SavedQuery(String q, @Nullable String issuer, @Nullable String topic, @Nullable String kind,
        @Nullable String responsible, @Nullable Long amountMinFen) {

    SearchRequest.Filters filters() {
        return new SearchRequest.Filters(null, null, issuer, topic, kind, responsible, null, null, amountMinFen);
    }
}
