@NullMarked
package cn.cityapis.platform.start;

import org.jspecify.annotations.NullMarked;
