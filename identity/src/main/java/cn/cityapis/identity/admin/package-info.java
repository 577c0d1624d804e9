@NullMarked
package cn.cityapis.identity.admin;

import org.jspecify.annotations.NullMarked;
