@NullMarked
package cn.cityapis.platform.test;

import org.jspecify.annotations.NullMarked;
