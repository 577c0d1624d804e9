/** Publication of schemes, and the schemes in force. */
@NullMarked
package cn.cityapis.subsidy.catalogue;

import org.jspecify.annotations.NullMarked;
