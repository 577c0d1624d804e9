@NullMarked
package cn.cityapis.platform.time;

import org.jspecify.annotations.NullMarked;
