@NullMarked
package cn.cityapis.eldercare.rulebook;

import org.jspecify.annotations.NullMarked;
