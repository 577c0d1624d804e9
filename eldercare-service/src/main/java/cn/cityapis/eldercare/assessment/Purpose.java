package cn.cityapis.eldercare.assessment;

/** What an assessment was made for (第十六条, 第十八条, 第二十三条). */
enum Purpose {
    FIRST, RECHECK, RESIDENT
}
