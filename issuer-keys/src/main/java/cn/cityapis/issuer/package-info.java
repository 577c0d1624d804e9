@NullMarked
package cn.cityapis.issuer;

import org.jspecify.annotations.NullMarked;
