@NullMarked
package cn.cityapis.gateway.limit;

import org.jspecify.annotations.NullMarked;
