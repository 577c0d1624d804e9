@NullMarked
package cn.cityapis.eldercare.waitlist;

import org.jspecify.annotations.NullMarked;
