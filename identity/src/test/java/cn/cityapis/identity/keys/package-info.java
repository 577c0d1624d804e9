@NullMarked
package cn.cityapis.identity.keys;

import org.jspecify.annotations.NullMarked;
