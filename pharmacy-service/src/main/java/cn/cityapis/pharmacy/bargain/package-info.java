/** Support for bargaining: what each buyer pays for the same medicine. */
@NullMarked
package cn.cityapis.pharmacy.bargain;

import org.jspecify.annotations.NullMarked;
