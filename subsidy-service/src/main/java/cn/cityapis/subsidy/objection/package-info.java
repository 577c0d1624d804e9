/** The public notice of what is about to be approved, and objections to it. */
@NullMarked
package cn.cityapis.subsidy.objection;

import org.jspecify.annotations.NullMarked;
