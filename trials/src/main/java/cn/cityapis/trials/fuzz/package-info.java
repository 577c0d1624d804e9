@NullMarked
package cn.cityapis.trials.fuzz;

import org.jspecify.annotations.NullMarked;
