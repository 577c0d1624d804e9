@NullMarked
package cn.cityapis.eldercare.home;

import org.jspecify.annotations.NullMarked;
