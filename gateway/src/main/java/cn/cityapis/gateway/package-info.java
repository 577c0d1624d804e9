@NullMarked
package cn.cityapis.gateway;

import org.jspecify.annotations.NullMarked;
