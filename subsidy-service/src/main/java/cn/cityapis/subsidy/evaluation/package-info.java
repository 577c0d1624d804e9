/** What a scheme says about a case: pure. */
@NullMarked
package cn.cityapis.subsidy.evaluation;

import org.jspecify.annotations.NullMarked;
