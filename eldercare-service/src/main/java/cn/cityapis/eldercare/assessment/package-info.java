@NullMarked
package cn.cityapis.eldercare.assessment;

import org.jspecify.annotations.NullMarked;
