@NullMarked
package cn.cityapis.platform.openapi;

import org.jspecify.annotations.NullMarked;
