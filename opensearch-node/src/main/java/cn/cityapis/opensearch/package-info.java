/** OpenSearch as a process that a test starts and kills. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.opensearch;
