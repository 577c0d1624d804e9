package cn.cityapis.gateway.limit;

import java.time.Duration;

/**
 * What became of one request at one limit.
 *
 * @param allowed whether there was one left for it
 * @param remaining whole ones left after it
 * @param next until the next one, if there was none
 * @param full until all are there again
 */
record Taken(Limit limit, boolean allowed, long remaining, Duration next, Duration full) {
}
