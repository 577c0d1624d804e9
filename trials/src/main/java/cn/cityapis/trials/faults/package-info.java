@NullMarked
package cn.cityapis.trials.faults;

import org.jspecify.annotations.NullMarked;
