package cn.cityapis.subsidy.property;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients were told has happened. */
final class Told {

    final Set<String> applications = ConcurrentHashMap.newKeySet();
    final Set<String> withdrawals = ConcurrentHashMap.newKeySet();
    final Set<String> reviews = ConcurrentHashMap.newKeySet();
    final Set<String> appropriations = ConcurrentHashMap.newKeySet();
    final Set<String> reversals = ConcurrentHashMap.newKeySet();
    final Set<String> retries = ConcurrentHashMap.newKeySet();
    final Set<String> releases = ConcurrentHashMap.newKeySet();
    final Set<String> returns = ConcurrentHashMap.newKeySet();
    final Set<String> reopenings = ConcurrentHashMap.newKeySet();
    final Set<String> clawbacks = ConcurrentHashMap.newKeySet();
    final Set<String> repayments = ConcurrentHashMap.newKeySet();
    final Set<String> handed = ConcurrentHashMap.newKeySet();
    final Set<String> paidToInsurers = ConcurrentHashMap.newKeySet();
    final Set<String> returnedByInsurers = ConcurrentHashMap.newKeySet();
    final Set<String> sent = ConcurrentHashMap.newKeySet();
    final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    final Set<String> replied = ConcurrentHashMap.newKeySet();
}
