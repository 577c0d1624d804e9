package cn.cityapis.eldercare.ability;

/**
 * What the standard leaves uncertain, as dated options that are kept with each result.
 *
 * @param worseningTogether whether diagnosis and risk events together make one level (otherwise one each)
 * @param riskEventsOverAllKinds whether two events count over all kinds (otherwise two of the same kind)
 */
public record AbilityOptions(boolean worseningTogether, boolean riskEventsOverAllKinds) {
}
