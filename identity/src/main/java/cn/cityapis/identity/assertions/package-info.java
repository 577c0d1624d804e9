@NullMarked
package cn.cityapis.identity.assertions;

import org.jspecify.annotations.NullMarked;
