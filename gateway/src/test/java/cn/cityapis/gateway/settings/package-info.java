@NullMarked
package cn.cityapis.gateway.settings;

import org.jspecify.annotations.NullMarked;
