/** Who buys, who sells, and when it is open. */
@NullMarked
package cn.cityapis.pharmacy.institution;

import org.jspecify.annotations.NullMarked;
