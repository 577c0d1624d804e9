/** Exact amounts in fen. */
@NullMarked
package cn.cityapis.subsidy.money;

import org.jspecify.annotations.NullMarked;
