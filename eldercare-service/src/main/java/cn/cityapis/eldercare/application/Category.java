package cn.cityapis.eldercare.application;

/** Circumstances that open the special or the priority channel (第九条, 第十条). */
public enum Category {
    DESTITUTE("城乡特困供养"),
    LOW_INCOME("最低生活保障家庭"),
    NEAR_LOW_INCOME("低保边缘家庭"),
    VETERAN("退役军人"),
    MARTYR_SURVIVOR("烈士遗属"),
    DUTY_DEATH_SURVIVOR("因公牺牲军人遗属"),
    ILLNESS_DEATH_SURVIVOR("病故军人遗属"),
    SERVING_SOLDIER_FAMILY("现役军人家属"),
    FAMILY_PLANNING_HARDSHIP("计划生育特殊家庭");

    private final String title;

    Category(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Those whose channel depends on the ability level. */
    boolean isLowIncome() {
        return this == LOW_INCOME || this == NEAR_LOW_INCOME;
    }

    boolean isMilitary() {
        return switch (this) {
            case VETERAN, MARTYR_SURVIVOR, DUTY_DEATH_SURVIVOR, ILLNESS_DEATH_SURVIVOR, SERVING_SOLDIER_FAMILY -> true;
            case DESTITUTE, LOW_INCOME, NEAR_LOW_INCOME, FAMILY_PLANNING_HARDSHIP -> false;
        };
    }
}
