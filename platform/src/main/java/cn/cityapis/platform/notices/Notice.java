package cn.cityapis.platform.notices;

/**
 * A message to a person.
 *
 * @param recipient the subject it is for; the adapter knows how to reach him
 * @param kind stable, e.g. {@code offer-made}
 * @param text Chinese, masked: it may be read on a lock screen
 * @param about the resource, e.g. {@code offers/0197…}
 */
public record Notice(String recipient, String kind, String text, String about) {
}
