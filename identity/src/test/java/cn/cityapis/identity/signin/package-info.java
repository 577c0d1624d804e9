@NullMarked
package cn.cityapis.identity.signin;

import org.jspecify.annotations.NullMarked;
