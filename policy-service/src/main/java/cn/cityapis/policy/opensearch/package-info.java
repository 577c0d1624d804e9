/** Talks to an OpenSearch cluster by its REST interface, without blocking. Knows nothing of what is searched. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.opensearch;
