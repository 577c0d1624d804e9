@NullMarked
package cn.cityapis.stack.postgres;

import org.jspecify.annotations.NullMarked;
