/** What a home reports to the district office (第七条). */
@NullMarked
package cn.cityapis.eldercare.report;

import org.jspecify.annotations.NullMarked;
