@NullMarked
package cn.cityapis.identity.audit;

import org.jspecify.annotations.NullMarked;
