@NullMarked
package cn.cityapis.platform.audit;

import org.jspecify.annotations.NullMarked;
