@NullMarked
package cn.cityapis.platform.database;

import org.jspecify.annotations.NullMarked;
