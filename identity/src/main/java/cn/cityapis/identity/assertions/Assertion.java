package cn.cityapis.identity.assertions;

import java.time.Instant;

/**
 * What every assertion says.
 *
 * @param id used once ({@code jti})
 */
public record Assertion(String subject, String id, Instant expires) {
}
