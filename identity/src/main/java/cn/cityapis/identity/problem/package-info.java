@NullMarked
package cn.cityapis.identity.problem;

import org.jspecify.annotations.NullMarked;
