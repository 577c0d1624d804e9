@NullMarked
package cn.cityapis.platform.pii;

import org.jspecify.annotations.NullMarked;
