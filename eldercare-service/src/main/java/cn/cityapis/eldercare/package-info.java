@NullMarked
package cn.cityapis.eldercare;

import org.jspecify.annotations.NullMarked;
