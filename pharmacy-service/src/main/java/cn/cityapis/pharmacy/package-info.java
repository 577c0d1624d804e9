/** Centralised procurement for pharmacies and clinics: the procured price reaches the nearest counter. */
@NullMarked
package cn.cityapis.pharmacy;

import org.jspecify.annotations.NullMarked;
