/** The scheme as a document: facts, figures, conditions, amount, funding, examples. */
@NullMarked
package cn.cityapis.subsidy.scheme;

import org.jspecify.annotations.NullMarked;
