package cn.cityapis.identity.citizens;

import cn.cityapis.identity.assertions.Assertion;
import cn.cityapis.identity.clients.Assurance;

/**
 * What a back end says of a user whom it has signed in.
 *
 * @param assertion its subject is the back end's own id of the user
 */
record CitizenAssertion(Assertion assertion, Assurance assurance) {
}
