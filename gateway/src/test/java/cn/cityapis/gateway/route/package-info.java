@NullMarked
package cn.cityapis.gateway.route;

import org.jspecify.annotations.NullMarked;
