package cn.cityapis.eldercare.waitlist;

/** What a bed is for. */
public enum BedKind {
    GENERAL("普通床位"), NURSING("护理型床位"), DEMENTIA_CARE("认知障碍照护床位");

    private final String title;

    BedKind(String title) {
        this.title = title;
    }

    /** For people, in Chinese. */
    public String title() {
        return title;
    }
}
