package cn.cityapis.bench.subsidy;

import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;

/** A case of the insurance rule, as a bean: what Drools works with. */
public final class Insured {

    private long selectionYear;
    private String programmeLevel = "none";
    private boolean onConfirmedList;
    private boolean fullTimeInPost;
    private boolean companyOperating;
    private boolean companyHasRdConditions;
    private boolean hasOldTermsYears;
    private LocalDate policyStart = LocalDate.EPOCH;
    private LocalDate asOf = LocalDate.EPOCH;
    private long rdPremiumFen;
    private long rdSumInsuredFen;
    private long rdYearsSubsidised;
    private long rdYearsSkipped;
    private int failed;
    private long dueFen;

    /** Most pass most conditions, as in the lists that offices send. */
    static Insured random(Random random) {
        Insured it = new Insured();
        it.selectionYear = 2020 + random.nextInt(6);
        it.programmeLevel = People.level(random);
        it.onConfirmedList = random.nextInt(10) > 0;
        it.fullTimeInPost = random.nextInt(10) > 0;
        it.companyOperating = random.nextInt(10) > 0;
        it.companyHasRdConditions = random.nextInt(10) > 0;
        it.hasOldTermsYears = random.nextInt(10) == 0;
        it.asOf = SubsidyBenchmark.DAY;
        it.policyStart = LocalDate.of(2025, 12, 1).plusDays(random.nextInt(365));
        it.rdPremiumFen = 1 + random.nextInt(30_000_000);
        it.rdSumInsuredFen = random.nextInt(4) == 0 ? 100_000_000L : 1_000_000_000L;
        it.rdYearsSubsidised = random.nextInt(6);
        it.rdYearsSkipped = random.nextInt(3);
        return it;
    }

    /** All of them are told. */
    static Insured of(Facts facts) {
        Insured it = new Insured();
        it.selectionYear = (Long) told(facts, "selectionYear");
        it.programmeLevel = (String) told(facts, "programmeLevel");
        it.onConfirmedList = (Boolean) told(facts, "onConfirmedList");
        it.fullTimeInPost = (Boolean) told(facts, "fullTimeInPost");
        it.companyOperating = (Boolean) told(facts, "companyOperating");
        it.companyHasRdConditions = (Boolean) told(facts, "companyHasRdConditions");
        it.hasOldTermsYears = (Boolean) told(facts, "hasOldTermsYears");
        it.asOf = SubsidyBenchmark.DAY;
        it.policyStart = (LocalDate) told(facts, "policyStart");
        it.rdPremiumFen = (Long) told(facts, "rdPremiumFen");
        it.rdSumInsuredFen = (Long) told(facts, "rdSumInsuredFen");
        it.rdYearsSubsidised = (Long) told(facts, "rdYearsSubsidised");
        it.rdYearsSkipped = (Long) told(facts, "rdYearsSkipped");
        return it;
    }

    private static Object told(Facts facts, String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }

    public void fail() {
        failed++;
    }

    /** A rate in percent, rounded half up once, then capped. */
    public void pay(long percent, long capFen) {
        if (failed == 0) {
            dueFen = Math.min(capFen, (rdPremiumFen * percent + 50) / 100);
        }
    }

    public long getDueFen() {
        return failed == 0 ? dueFen : 0;
    }

    public int getFailed() {
        return failed;
    }

    public long getStep() {
        return 1 + rdYearsSubsidised;
    }

    public long getSelectionYear() {
        return selectionYear;
    }

    public String getProgrammeLevel() {
        return programmeLevel;
    }

    public boolean isOnConfirmedList() {
        return onConfirmedList;
    }

    public boolean isFullTimeInPost() {
        return fullTimeInPost;
    }

    public boolean isCompanyOperating() {
        return companyOperating;
    }

    public boolean isCompanyHasRdConditions() {
        return companyHasRdConditions;
    }

    public boolean isHasOldTermsYears() {
        return hasOldTermsYears;
    }

    public LocalDate getPolicyStart() {
        return policyStart;
    }

    public LocalDate getAsOf() {
        return asOf;
    }

    public long getRdPremiumFen() {
        return rdPremiumFen;
    }

    public long getRdSumInsuredFen() {
        return rdSumInsuredFen;
    }

    public long getRdYearsSubsidised() {
        return rdYearsSubsidised;
    }

    public long getRdYearsSkipped() {
        return rdYearsSkipped;
    }
}
