/** The benchmark of eldercare-service: positions in long queues, and offers beside the same transaction in bare SQL. */
@NullMarked
package cn.cityapis.bench.eldercare;

import org.jspecify.annotations.NullMarked;
