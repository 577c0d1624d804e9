/** Money in fen, and prices of the smallest unit, which fen cannot express. */
@NullMarked
package cn.cityapis.pharmacy.money;

import org.jspecify.annotations.NullMarked;
