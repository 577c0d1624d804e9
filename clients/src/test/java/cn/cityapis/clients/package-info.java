@NullMarked
package cn.cityapis.clients;

import org.jspecify.annotations.NullMarked;
