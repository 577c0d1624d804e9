/** Loading an issue: a resumable, idempotent job with progress and a report of what was found odd. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.load;
