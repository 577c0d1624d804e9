@NullMarked
package cn.cityapis.gateway.edge;

import org.jspecify.annotations.NullMarked;
