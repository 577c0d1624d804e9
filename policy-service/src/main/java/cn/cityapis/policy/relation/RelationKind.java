package cn.cityapis.policy.relation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** What one document does to another. */
public enum RelationKind {
    /** Rests on it: 根据, 落实 … 制定. */
    BASIS("依据"),
    /** Hands it on: 印发, 转发. */
    TRANSMITS("印发、转发"),
    /** Ends it: 废止, 不再执行. */
    REPEALS("废止"),
    /** Ends it and takes its place: of the same name, or expressly instead of it. */
    REPLACES("取代"),
    /** Changes its text: 修改. */
    AMENDS("修改"),
    /** Says how it is to be understood. */
    INTERPRETS("解释"),
    /** Adds to it: 补充通知. */
    SUPPLEMENTS("补充"),
    /** Prolongs its validity: 有效期延长至, 继续有效. */
    EXTENDS("延长有效期"),
    /** Names it. */
    CITES("引用"),
    /** 与本办法不一致的，以本办法为准: no document is named. */
    EARLIER_RULES_YIELD("此前规定不一致的以本文件为准"),
    /** Attachments that were not printed. */
    EXTERNAL_ATTACHMENT("附件另见");

    private final String label;

    RelationKind(String label) {
        this.label = label;
    }

    /** As the database and JSON spell it. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In Chinese. */
    public String label() {
        return label;
    }

    /** Whether the target holds no longer. */
    boolean ends() {
        return this == REPEALS || this == REPLACES;
    }

    /** Whether the target holds for another time than by its own dates. */
    boolean movesEnd() {
        return ends() || this == EXTENDS;
    }

    static Optional<RelationKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
