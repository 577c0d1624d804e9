@NullMarked
package cn.cityapis.identity.clients;

import org.jspecify.annotations.NullMarked;
