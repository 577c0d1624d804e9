package cn.cityapis.eldercare.waitlist;

/** What a bed is for. */
public enum BedKind {
    GENERAL, NURSING, DEMENTIA_CARE
}
