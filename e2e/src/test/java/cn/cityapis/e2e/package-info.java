/** The whole platform, started as {@code ./run} starts it, asked from outside. */
@NullMarked
package cn.cityapis.e2e;

import org.jspecify.annotations.NullMarked;
