/** What each seller has on its shelf and what it asks for it. */
@NullMarked
package cn.cityapis.pharmacy.stock;

import org.jspecify.annotations.NullMarked;
