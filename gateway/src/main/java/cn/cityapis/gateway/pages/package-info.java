/** How the citizen pages get a token: off unless configured, for reading only, and no secret in the browser. */
@NullMarked
package cn.cityapis.gateway.pages;

import org.jspecify.annotations.NullMarked;
