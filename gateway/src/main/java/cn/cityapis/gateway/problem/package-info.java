@NullMarked
package cn.cityapis.gateway.problem;

import org.jspecify.annotations.NullMarked;
