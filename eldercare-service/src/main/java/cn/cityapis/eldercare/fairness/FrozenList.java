package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.offer.Candidate;
import java.util.List;
import java.util.UUID;

/** What an offer says of itself: to whom it went and the list that was frozen with it. */
record FrozenList(UUID entryId, UUID bedId, List<Candidate> candidates) {
}
