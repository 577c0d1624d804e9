/** What the gateway costs: beside a bare Spring Cloud Gateway, nginx, and the services asked directly. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.bench.gateway;
