@NullMarked
package cn.cityapis.eldercare.ability;

import org.jspecify.annotations.NullMarked;
