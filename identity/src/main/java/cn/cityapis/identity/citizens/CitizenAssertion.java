package cn.cityapis.identity.citizens;

import cn.cityapis.identity.assertions.Assertion;
import cn.cityapis.identity.clients.Assurance;
import org.jspecify.annotations.Nullable;

/**
 * What a back end says of a user whom it has signed in.
 *
 * @param assertion its subject is the back end's own id of the user
 * @param idNumber whose it was found to be by whoever made the real-name check, if the back end tells
 */
record CitizenAssertion(Assertion assertion, Assurance assurance, @Nullable IdNumber idNumber) {
}
