@NullMarked
package cn.cityapis.identity.settings;

import org.jspecify.annotations.NullMarked;
