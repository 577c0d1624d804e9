/** Talent subsidies: schemes as dated data, entitlement with citations, applications, ledger, monthly payment. */
@NullMarked
package cn.cityapis.subsidy;

import org.jspecify.annotations.NullMarked;
