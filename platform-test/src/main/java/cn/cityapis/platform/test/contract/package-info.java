/** What the OpenAPI documents must keep: texts, examples, and what was promised with the last release. */
@NullMarked
package cn.cityapis.platform.test.contract;

import org.jspecify.annotations.NullMarked;
