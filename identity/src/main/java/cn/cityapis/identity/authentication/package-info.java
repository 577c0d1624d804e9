@NullMarked
package cn.cityapis.identity.authentication;

import org.jspecify.annotations.NullMarked;
