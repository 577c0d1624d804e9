/** The yearly round of talent insurance, 威金监发〔2023〕25号 第九条至第十一条: from the lead insurer's filing to its account. */
@NullMarked
package cn.cityapis.subsidy.insurance;

import org.jspecify.annotations.NullMarked;
