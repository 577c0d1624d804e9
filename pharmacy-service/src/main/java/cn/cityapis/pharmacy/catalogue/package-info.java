/** Medicines, their awards and their typed, dated prices. */
@NullMarked
package cn.cityapis.pharmacy.catalogue;

import org.jspecify.annotations.NullMarked;
