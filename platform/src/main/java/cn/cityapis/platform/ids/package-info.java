@NullMarked
package cn.cityapis.platform.ids;

import org.jspecify.annotations.NullMarked;
