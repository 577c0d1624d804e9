package cn.cityapis.eldercare.application;

import java.util.Set;

/** The papers that articles 12 and 13 ask for. */
public enum MaterialKind {
    APPLICATION_FORM("入住评估轮候申请表", 13),
    APPLICANT_ID_CARD("申请人身份证", 13),
    APPLICANT_HOUSEHOLD_REGISTER("申请人户口簿", 13),
    GUARDIAN_ID_CARD("监护人身份证", 13),
    GUARDIAN_HOUSEHOLD_REGISTER("监护人户口簿", 13),
    AGENT_ID_CARD("代理人身份证", 13),
    AGENT_HOUSEHOLD_REGISTER("代理人户口簿", 13),
    AGENT_ORGANISATION_CERTIFICATE("代理单位法人证书或营业执照", 13),
    TOWN_PROOF("镇街出具的特困、低保或低保边缘证明", 12),
    MILITARY_CERTIFICATE("退役军人、遗属或现役军人家属的证件或证明", 12),
    KINSHIP_PROOF("与现役军人亲属关系的证件", 12),
    FAMILY_PLANNING_PROOF("计划生育特殊家庭证明", 12);

    /** By which guardian and agent show who they are (第十三条). */
    static final Set<MaterialKind> OF_GUARDIAN = Set.of(GUARDIAN_ID_CARD, GUARDIAN_HOUSEHOLD_REGISTER);
    static final Set<MaterialKind> OF_AGENT = Set.of(AGENT_ID_CARD, AGENT_HOUSEHOLD_REGISTER,
            AGENT_ORGANISATION_CERTIFICATE);

    private final String title;
    private final int article;

    MaterialKind(String title, int article) {
        this.title = title;
        this.article = article;
    }

    public String title() {
        return title;
    }

    public int article() {
        return article;
    }

    /** What another authority's register may confirm instead of an upload. */
    public boolean canBeConfirmedByRegister() {
        return this == TOWN_PROOF || this == MILITARY_CERTIFICATE;
    }
}
