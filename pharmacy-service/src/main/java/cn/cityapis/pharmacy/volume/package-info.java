/** Agreed volumes, how far they are fulfilled, and who falls behind. */
@NullMarked
package cn.cityapis.pharmacy.volume;

import org.jspecify.annotations.NullMarked;
