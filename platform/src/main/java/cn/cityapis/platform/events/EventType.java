package cn.cityapis.platform.events;

/**
 * A kind of event that a service tells its subscribers of.
 *
 * @param name {@code service.resource.what-happened}, e.g. {@code eldercare.offer.made}
 * @param description when it comes and what its data names; Chinese
 */
public record EventType(String name, String description) {
}
