/** What documents do to each other: found in their text, kept with stubs for documents not held, read in both directions. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.relation;
