@NullMarked
package cn.cityapis.identity;

import org.jspecify.annotations.NullMarked;
