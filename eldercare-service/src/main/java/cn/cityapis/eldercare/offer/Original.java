package cn.cityapis.eldercare.offer;

/** What the home saw in the original. */
enum Original {
    APPLICANT_ID_CARD("申请人身份证"),
    APPLICANT_HOUSEHOLD_REGISTER("申请人户口簿"),
    GUARDIAN_ID_CARD("监护人身份证"),
    GUARDIAN_HOUSEHOLD_REGISTER("监护人户口簿"),
    PHYSICAL_EXAMINATION("体格检查全套资料");

    private final String title;

    Original(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean isGuardians() {
        return this == GUARDIAN_ID_CARD || this == GUARDIAN_HOUSEHOLD_REGISTER;
    }
}
