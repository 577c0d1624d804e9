package cn.cityapis.identity.citizens;

import cn.cityapis.identity.clients.Assurance;
import java.time.Instant;

/** What a back end says of a user whom it has signed in. */
record CitizenAssertion(String externalId, Assurance assurance, String jti, Instant expires) {
}
