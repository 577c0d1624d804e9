/** Typed, bounded expressions with three-valued answers. */
@NullMarked
package cn.cityapis.subsidy.expression;

import org.jspecify.annotations.NullMarked;
