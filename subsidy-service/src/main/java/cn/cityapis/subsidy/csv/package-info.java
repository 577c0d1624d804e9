/** Tables as text: what spreadsheets and banks exchange. */
@NullMarked
package cn.cityapis.subsidy.csv;

import org.jspecify.annotations.NullMarked;
