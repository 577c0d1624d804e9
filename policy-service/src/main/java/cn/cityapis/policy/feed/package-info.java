/** What is new, and everything at once: a feed of documents, and all of them in one download. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.feed;
