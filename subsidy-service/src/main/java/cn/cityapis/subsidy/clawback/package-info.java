/** What is claimed back of what was paid, and what of it has come back. */
@NullMarked
package cn.cityapis.subsidy.clawback;

import org.jspecify.annotations.NullMarked;
