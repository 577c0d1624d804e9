@NullMarked
package cn.cityapis.subsidy.trail;

import org.jspecify.annotations.NullMarked;
