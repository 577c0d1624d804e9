/** Partners are told of events: subscriptions, signed delivery (Standard Webhooks), retries, dead letters, replay. */
@NullMarked
package cn.cityapis.platform.webhooks;

import org.jspecify.annotations.NullMarked;
