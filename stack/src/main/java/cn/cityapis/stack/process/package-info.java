@NullMarked
package cn.cityapis.stack.process;

import org.jspecify.annotations.NullMarked;
