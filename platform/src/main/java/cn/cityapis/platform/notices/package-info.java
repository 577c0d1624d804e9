@NullMarked
package cn.cityapis.platform.notices;

import org.jspecify.annotations.NullMarked;
