/** Entitlement over HTTP, the batch of a million people, the same rules in Drools. */
@NullMarked
package cn.cityapis.bench.subsidy;

import org.jspecify.annotations.NullMarked;
