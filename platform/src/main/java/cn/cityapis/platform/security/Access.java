package cn.cityapis.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a handler. Every handler of the API carries one; without it the service does not start. Whose objects
 * the caller may touch is decided in the handler, by subject and organisation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Access {

    /** The scope the token must carry. */
    String scope();

    /** Any one of these roles; none: no role is needed. */
    String[] roles() default {};

    /** Whether the subject must be a citizen with a proven identity. */
    boolean citizen() default false;

    /**
     * For how many seconds the answer is good for everybody who may ask for it, so that the gateway may give it without
     * asking again. 0: not at all. Only for a reading without roles that does not take its caller; the start ends otherwise.
     */
    int goodForAllSeconds() default 0;
}
