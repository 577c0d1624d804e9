package cn.cityapis.identity.clients;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much a client may ask for, as its partner contract says; the gateway reads it from the token. What is null is as
 * the platform has it for everybody.
 *
 * @param burst requests at once
 * @param perSecond requests a second in the long run
 * @param perDay requests a day (Asia/Shanghai), of all its subjects together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contract(@Nullable Integer burst, @Nullable Integer perSecond, @Nullable Long perDay) {

    public static final Contract NONE = new Contract(null, null, null);

    public boolean isNone() {
        return equals(NONE);
    }
}
