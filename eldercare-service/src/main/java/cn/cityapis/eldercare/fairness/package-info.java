/** Whether every offer went to the first whom the bed fitted, proven from the log of the queue. */
@NullMarked
package cn.cityapis.eldercare.fairness;

import org.jspecify.annotations.NullMarked;
