@NullMarked
package cn.cityapis.platform.web;

import org.jspecify.annotations.NullMarked;
