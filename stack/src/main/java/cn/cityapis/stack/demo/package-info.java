@NullMarked
package cn.cityapis.stack.demo;

import org.jspecify.annotations.NullMarked;
