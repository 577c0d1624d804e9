package cn.cityapis.eldercare.fairness;

import java.util.List;

/** What a replay can find wrong, with the articles that it offends. */
public enum Fault {
    GAP_IN_LOG("队列事件的编号不连续或有缺失", 6, 7),
    EVENT_OUT_OF_PLACE("事件与其时的队列不符", 6, 7),
    TIME_OF_APPLICATION_MOVED("申请时间被改动", 8, 20),
    CHANGED_UNRECORDED("排队记录有未登记的变动", 6, 7),
    OFFER_UNRECORDED("入住通知没有登记在队列事件中", 7, 20),
    OFFER_MISSING("登记的入住通知不存在或对不上", 7, 20),
    OFFERED_OUT_OF_QUEUE("通知了不在轮候中的人", 8, 20),
    SKIPPED_WITHOUT_REASON("排在前面的人被跳过且没有原因", 8, 20),
    REASON_DOES_NOT_HOLD("跳过的原因与当时的事实不符", 8, 20),
    OUT_OF_ORDER("候选名单没有按通道和申请时间排列", 8, 20),
    LIST_MISSTATES("候选名单所列与当时的队列不符", 8, 20),
    DOES_NOT_FIT("床位不适合所通知的人", 20, 25);

    private final String title;
    private final List<Integer> articles;

    Fault(String title, Integer... articles) {
        this.title = title;
        this.articles = List.of(articles);
    }

    public String title() {
        return title;
    }

    /** Of 威民发〔2023〕17号. */
    public List<Integer> articles() {
        return articles;
    }
}
