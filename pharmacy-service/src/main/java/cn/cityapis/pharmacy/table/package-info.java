/** Files of rows as partners send them: CSV and XLSX, read with bounds on everything. */
@NullMarked
package cn.cityapis.pharmacy.table;

import org.jspecify.annotations.NullMarked;
