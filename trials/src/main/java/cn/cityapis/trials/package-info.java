@NullMarked
package cn.cityapis.trials;

import org.jspecify.annotations.NullMarked;
