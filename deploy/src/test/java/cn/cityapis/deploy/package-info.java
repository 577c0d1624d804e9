/** Holds the files that a deployment is made of, and the documents of operation, against the code they speak of. */
@NullMarked
package cn.cityapis.deploy;

import org.jspecify.annotations.NullMarked;
