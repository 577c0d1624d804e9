/** Double-entry budget ledger in fen. */
@NullMarked
package cn.cityapis.subsidy.ledger;

import org.jspecify.annotations.NullMarked;
