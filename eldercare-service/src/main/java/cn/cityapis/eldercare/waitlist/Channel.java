package cn.cityapis.eldercare.waitlist;

/** The three channels in their order of precedence (第八条). */
public enum Channel {
    SPECIAL(1, "特殊保障通道"), PRIORITY(2, "优先保障通道"), ORDINARY(3, "普通轮候通道");

    private final int rank;
    private final String title;

    Channel(int rank, String title) {
        this.rank = rank;
        this.title = title;
    }

    static Channel ofRank(int rank) {
        return values()[rank - 1];
    }

    public int rank() {
        return rank;
    }

    public String title() {
        return title;
    }
}
