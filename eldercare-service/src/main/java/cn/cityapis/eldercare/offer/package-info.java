@NullMarked
package cn.cityapis.eldercare.offer;

import org.jspecify.annotations.NullMarked;
