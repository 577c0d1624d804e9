package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.application.ApplicationState;
import java.util.UUID;

/**
 * A month that was ordered and has not gone to the bank, with its case as it stands now.
 *
 * @param attempt of the order
 */
record OrderedMonth(UUID item, int attempt, ApplicationState state, Payments.Due month) {
}
