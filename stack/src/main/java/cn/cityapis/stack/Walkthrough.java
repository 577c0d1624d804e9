package cn.cityapis.stack;

import java.time.LocalDate;

/** Calls to paste into a second terminal while the stack runs: the first of each step; README.md has them all. */
final class Walkthrough {

    private Walkthrough() {
    }

    /**
     * @param option what {@code ./run token} needs to find this stack, such as {@code " --data DIR"}; or nothing
     * @param today by the development clock
     */
    static String calls(String url, String option, LocalDate today) {
        return """

                1  APP=$(./run token app%2$s); CITIZEN=$(./run token citizen%2$s); HOME_OPERATOR=$(./run token home-operator%2$s)
                2  curl -sG -H "Authorization: Bearer $APP" %1$s/api/policy/v1/documents --data-urlencode q=老年人能力评估费用
                3  curl -s -H "Authorization: Bearer $APP" '%1$s/api/eldercare/v1/homes?onlyFree=true&limit=5'
                   curl -s -H "Authorization: Bearer $CITIZEN" -H "Idempotency-Key: $(date +%%s)" %1$s/api/eldercare/v1/applications \\
                     --json '{"filedBy":"APPLICANT","applicant":{"name":"张桂兰"},"categories":["LOW_INCOME"]}'
                4  curl -s -H "Authorization: Bearer $HOME_OPERATOR" '%1$s/api/eldercare/v1/reviews?state=SUBMITTED'
                5  curl -s -H "Authorization: Bearer $APP" %1$s/api/subsidy/v1/entitlements --json '{"facts":{"birthDate":"1994-05-02",
                     "educationLevel":"doctor","engagement":"employed-full-time","engagementStart":"%3$s","employerKind":"company"}}'
                6  curl -sG -H "Authorization: Bearer $APP" %1$s/api/pharmacy/v1/pharmacies/nearby -d lat=37.5018 -d lon=122.1213 \\
                     -d coordType=gcj02 -d atProcuredPrice=true -d limit=5 --data-urlencode q=阿卡波糖片
                The steps in full: README.md. All operations: %1$s/docs
                """
                .formatted(url, option, today.minusDays(5));
    }
}
