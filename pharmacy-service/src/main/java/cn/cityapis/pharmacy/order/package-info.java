/** Orders of head offices, deliveries to their stores, and acceptance. */
@NullMarked
package cn.cityapis.pharmacy.order;

import org.jspecify.annotations.NullMarked;
