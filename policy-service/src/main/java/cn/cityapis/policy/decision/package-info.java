/** What the policy office overrules of what was read from documents: withdrawn versions, rejected relations, dates. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.decision;
