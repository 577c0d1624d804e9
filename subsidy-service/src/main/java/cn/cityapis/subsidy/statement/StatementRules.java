package cn.cityapis.subsidy.statement;

import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.clawback.Clawback;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.payment.Payment;
import cn.cityapis.subsidy.payment.Payments;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.ToLongFunction;

/** Adds up what a case was granted, has got, and will get. */
final class StatementRules {

    private StatementRules() {
    }

    static StatementController.Statement statement(Application application, List<Payment> settled,
            List<Payments.Open> open, List<Clawback> claims) {
        long claimed = sum(claims, claim -> claim.amountFen() - claim.settledFen());
        long repaid = sum(claims, Clawback::repaidFen);
        Application.Terms terms = application.terms();
        if (terms == null || !isGranted(application)) {
            return new StatementController.Statement(application.id(), application.state().code(), 0, 0, 0, 0, null,
                    settled, open, claimed, repaid, claims);
        }
        long paid = sum(settled, payment -> payment.outcome() == Payment.Outcome.PAID ? payment.amountFen() : 0);
        long withheld = sum(settled, payment -> payment.outcome() == Payment.Outcome.WITHHELD
                ? payment.amountFen()
                : 0);
        YearMonth next = terms.first().plusMonths(settled.size() + open.size());
        boolean more = goesOn(application) && !next.isAfter(terms.last());
        long toCome = sum(open, Payments.Open::amountFen) + (more
                ? new Fen(terms.monthlyFen()).times(terms.months() - settled.size() - open.size()).value()
                : 0);
        return new StatementController.Statement(application.id(), application.state().code(),
                new Fen(terms.monthlyFen()).times(terms.months()).value(), paid, withheld, toCome,
                more ? payday(next) : null, settled, open, claimed, repaid, claims);
    }

    /** 次月 1 日. */
    private static LocalDate payday(YearMonth month) {
        return month.plusMonths(1).atDay(1);
    }

    private static boolean isGranted(Application application) {
        return switch (application.state()) {
            case PAYING, SUSPENDED, ENDED, CLAWED_BACK, AWAITING_FUNDS, PUBLIC_NOTICE -> true;
            case DRAFT, FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW, REJECTED, APPEALED, WITHDRAWN -> false;
        };
    }

    private static boolean goesOn(Application application) {
        return switch (application.state()) {
            case PAYING, SUSPENDED, AWAITING_FUNDS, PUBLIC_NOTICE -> true;
            case ENDED, CLAWED_BACK, DRAFT, FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW, REJECTED, APPEALED, WITHDRAWN ->
                false;
        };
    }

    private static <T> long sum(List<T> list, ToLongFunction<T> fen) {
        return list.stream().mapToLong(fen).reduce(0, Math::addExact);
    }
}
