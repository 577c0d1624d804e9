/** Demo budgets and cases. */
@NullMarked
package cn.cityapis.subsidy.demo;

import org.jspecify.annotations.NullMarked;
