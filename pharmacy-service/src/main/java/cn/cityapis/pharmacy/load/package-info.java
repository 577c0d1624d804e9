/** Loading the catalogue from files in two steps: a preview that changes nothing, then its application. */
@NullMarked
package cn.cityapis.pharmacy.load;

import org.jspecify.annotations.NullMarked;
