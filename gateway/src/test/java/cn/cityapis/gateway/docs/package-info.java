@NullMarked
package cn.cityapis.gateway.docs;

import org.jspecify.annotations.NullMarked;
