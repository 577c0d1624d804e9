/** Answers that a service declares to be everybody's, kept for as long as it says. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.gateway.cache;
