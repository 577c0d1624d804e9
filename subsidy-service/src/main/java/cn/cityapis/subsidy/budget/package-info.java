/** Appropriations: money that comes into a budget. */
@NullMarked
package cn.cityapis.subsidy.budget;

import org.jspecify.annotations.NullMarked;
