@NullMarked
package cn.cityapis.stack.layout;

import org.jspecify.annotations.NullMarked;
