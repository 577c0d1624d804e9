/** What a buyer owes for an accepted delivery, and until when. */
@NullMarked
package cn.cityapis.pharmacy.settlement;

import org.jspecify.annotations.NullMarked;
