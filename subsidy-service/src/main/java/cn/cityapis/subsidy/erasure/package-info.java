/** The end of personal data: on request, by decision, or with the period for which it is kept (PIPL 47). */
@NullMarked
package cn.cityapis.subsidy.erasure;

import org.jspecify.annotations.NullMarked;
