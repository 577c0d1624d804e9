@NullMarked
package cn.cityapis.subsidy.period;

import org.jspecify.annotations.NullMarked;
