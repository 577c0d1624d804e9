/** Saved profiles and queries, and the event for each new version that matches one. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.subscription;
