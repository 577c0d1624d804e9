/** The benchmark of pharmacy-service: the nearest with a medicine, beside the bare query, and reports of stock. */
@NullMarked
package cn.cityapis.bench.pharmacy;

import org.jspecify.annotations.NullMarked;
