@NullMarked
package cn.cityapis.platform.jobs;

import org.jspecify.annotations.NullMarked;
