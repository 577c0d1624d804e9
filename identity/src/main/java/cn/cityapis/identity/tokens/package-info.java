@NullMarked
package cn.cityapis.identity.tokens;

import org.jspecify.annotations.NullMarked;
