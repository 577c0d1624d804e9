@NullMarked
package cn.cityapis.identity.web;

import org.jspecify.annotations.NullMarked;
