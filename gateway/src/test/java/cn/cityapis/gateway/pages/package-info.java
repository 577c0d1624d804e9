@NullMarked
package cn.cityapis.gateway.pages;

import org.jspecify.annotations.NullMarked;
