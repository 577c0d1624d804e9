/** Coordinates and the three datums that Chinese maps use: WGS-84 inside, the others at the edge. */
@NullMarked
package cn.cityapis.pharmacy.geo;

import org.jspecify.annotations.NullMarked;
