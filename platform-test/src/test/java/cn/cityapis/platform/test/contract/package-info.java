@NullMarked
package cn.cityapis.platform.test.contract;

import org.jspecify.annotations.NullMarked;
