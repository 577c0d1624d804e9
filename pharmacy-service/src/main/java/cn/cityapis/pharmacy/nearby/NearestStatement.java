package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.institution.Opening;

/**
 * A statement in each of its forms, made once. The number of places stands in it as a number: of an unknown limit the planner
 * takes a tenth of all rows, and at a million places it would read them all (decision 0023). The condition that a place is open
 * stands in it or not, so that a search that does not ask for it does not set up its subqueries.
 */
record NearestStatement(String few, String many, String fewOpen, String manyOpen) {

    /** The usual number of places. */
    private static final int FEW = 20;

    /**
     * @param template with the condition as its first argument and the number as its second
     * @param place an expression for the id of the place that has to be open
     */
    static NearestStatement of(String template, String place) {
        String open = "AND " + Opening.sql(place);
        return new NearestStatement(template.formatted("", FEW), template.formatted("", NearbyQuery.MOST),
                template.formatted(open, FEW), template.formatted(open, NearbyQuery.MOST));
    }

    String sql(boolean openOnly, int limit) {
        if (openOnly) {
            return limit <= FEW ? fewOpen : manyOpen;
        }
        return limit <= FEW ? few : many;
    }
}
