/** The nearest place that has a medicine. */
@NullMarked
package cn.cityapis.pharmacy.nearby;

import org.jspecify.annotations.NullMarked;
