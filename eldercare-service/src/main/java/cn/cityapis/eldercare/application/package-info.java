@NullMarked
package cn.cityapis.eldercare.application;

import org.jspecify.annotations.NullMarked;
