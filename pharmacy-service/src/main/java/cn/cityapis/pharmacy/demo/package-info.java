/** A made-up but reproducible city at its real scale; every figure in it is marked as demo. */
@NullMarked
package cn.cityapis.pharmacy.demo;

import org.jspecify.annotations.NullMarked;
