/** What the benchmarks of all services share: a durable PostgreSQL, two ways of asking, the table of results. */
@NullMarked
package cn.cityapis.bench;

import org.jspecify.annotations.NullMarked;
