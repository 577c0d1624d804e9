@NullMarked
package cn.cityapis.platform.settings;

import org.jspecify.annotations.NullMarked;
