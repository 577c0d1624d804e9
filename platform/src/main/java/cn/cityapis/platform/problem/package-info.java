@NullMarked
package cn.cityapis.platform.problem;

import org.jspecify.annotations.NullMarked;
