@NullMarked
package cn.cityapis.platform.security;

import org.jspecify.annotations.NullMarked;
