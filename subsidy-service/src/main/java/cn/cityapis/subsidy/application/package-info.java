/** From draft to decision. */
@NullMarked
package cn.cityapis.subsidy.application;

import org.jspecify.annotations.NullMarked;
