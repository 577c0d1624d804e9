/** The municipal gazette, searchable to the article: what a rule says, since when and until when it holds. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy;
