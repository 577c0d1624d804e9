@NullMarked
package cn.cityapis.platform;

import org.jspecify.annotations.NullMarked;
