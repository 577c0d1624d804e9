@NullMarked
package cn.cityapis.stack.image;

import org.jspecify.annotations.NullMarked;
