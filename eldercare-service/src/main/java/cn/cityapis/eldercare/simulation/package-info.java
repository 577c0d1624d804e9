/** What if: the next twelve months with more beds or another order of the channels. Nothing is written. */
@NullMarked
package cn.cityapis.eldercare.simulation;

import org.jspecify.annotations.NullMarked;
