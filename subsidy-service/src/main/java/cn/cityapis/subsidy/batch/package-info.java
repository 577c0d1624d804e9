/** Many cases at once: lines in, lines out, as a stream or as a job. */
@NullMarked
package cn.cityapis.subsidy.batch;

import org.jspecify.annotations.NullMarked;
