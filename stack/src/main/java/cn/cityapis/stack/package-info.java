@NullMarked
package cn.cityapis.stack;

import org.jspecify.annotations.NullMarked;
