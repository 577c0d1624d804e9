/** Monthly payment, once per case and month. */
@NullMarked
package cn.cityapis.subsidy.payment;

import org.jspecify.annotations.NullMarked;
