package cn.cityapis.subsidy.application;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an application stands. */
public enum ApplicationState {
    DRAFT("草稿"),
    FIRST_REVIEW("初审中"),
    SUPPLEMENT("待补正"),
    SECOND_REVIEW("复审中"),
    PUBLIC_NOTICE("公示中"),
    AWAITING_FUNDS("已批准，等待资金"),
    PAYING("发放中"),
    SUSPENDED("已暂停发放"),
    ENDED("已结束"),
    CLAWED_BACK("已追回"),
    REJECTED("未通过"),
    APPEALED("申诉审查中"),
    WITHDRAWN("已撤回");

    private final String label;

    ApplicationState(String label) {
        this.label = label;
    }

    /** Chinese, for people. */
    public String label() {
        return label;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ApplicationState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
