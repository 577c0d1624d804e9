/** What people type: sealed, as it may tell of health, income and conduct. */
@NullMarked
package cn.cityapis.eldercare.text;

import org.jspecify.annotations.NullMarked;
