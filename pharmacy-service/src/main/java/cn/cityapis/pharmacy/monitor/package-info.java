/** Retail prices against procured prices: flags, and cases for red ones. */
@NullMarked
package cn.cityapis.pharmacy.monitor;

import org.jspecify.annotations.NullMarked;
