@NullMarked
package cn.cityapis.eldercare.demo;

import org.jspecify.annotations.NullMarked;
