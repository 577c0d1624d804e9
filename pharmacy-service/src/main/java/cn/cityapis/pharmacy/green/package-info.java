/** The green channel: makers file new products any day, step by step with deadlines; then events to bring them to buyers. */
@NullMarked
package cn.cityapis.pharmacy.green;

import org.jspecify.annotations.NullMarked;
