/** Papers that are handed in: what is taken, and how what belongs to an application is kept. */
@NullMarked
package cn.cityapis.subsidy.paper;

import org.jspecify.annotations.NullMarked;
