/** What was paid to a case, what is with the bank, and what is still to come. */
@NullMarked
package cn.cityapis.subsidy.statement;

import org.jspecify.annotations.NullMarked;
