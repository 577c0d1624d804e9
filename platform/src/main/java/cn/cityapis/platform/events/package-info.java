@NullMarked
package cn.cityapis.platform.events;

import org.jspecify.annotations.NullMarked;
