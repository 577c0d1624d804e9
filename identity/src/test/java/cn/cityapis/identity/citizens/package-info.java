@NullMarked
package cn.cityapis.identity.citizens;

import org.jspecify.annotations.NullMarked;
