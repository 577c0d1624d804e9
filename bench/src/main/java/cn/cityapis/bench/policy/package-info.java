/** The benchmark of policy-service: its own process over HTTP beside PostgreSQL full text, on the same rows, in one run. */
@NullMarked
package cn.cityapis.bench.policy;

import org.jspecify.annotations.NullMarked;
