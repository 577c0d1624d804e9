/** What a year's money was used for: by scheme, area and share; nothing about persons. */
@NullMarked
package cn.cityapis.subsidy.report;

import org.jspecify.annotations.NullMarked;
