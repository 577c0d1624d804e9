/** The quarterly report to medical institutions: volumes, fulfilment, prices, savings, settlement; frozen when published. */
@NullMarked
package cn.cityapis.pharmacy.report;

import org.jspecify.annotations.NullMarked;
