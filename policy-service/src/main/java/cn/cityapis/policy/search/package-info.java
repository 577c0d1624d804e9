/** The Lucene read model: built from the database, kept current, searched to the article. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.search;
