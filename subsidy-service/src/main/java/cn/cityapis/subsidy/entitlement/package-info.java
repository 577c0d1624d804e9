/** What a person is entitled to, and what to ask next. */
@NullMarked
package cn.cityapis.subsidy.entitlement;

import org.jspecify.annotations.NullMarked;
