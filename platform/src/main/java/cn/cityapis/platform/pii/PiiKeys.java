package cn.cityapis.platform.pii;

import cn.cityapis.platform.settings.Required;
import cn.cityapis.platform.settings.SettingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a service's personal data.
 *
 * @param active id of the key that new values are sealed with
 * @param ciphers SM4 keys (16 bytes) by id; old ones stay to read what they sealed
 * @param index the HMAC-SM3 key (at least 32 bytes) that the key of each blind index is derived from
 */
@SuppressWarnings("ArrayRecordComponent")
public record PiiKeys(String active, Map<String, byte[]> ciphers, byte[] index) {

    /** Keys of this id, and these keys whatever their id, are public and refused outside the development profile. */
    static final String DEVELOPMENT_ID = "dev";
    private static final String DEVELOPMENT_KEY = "00112233445566778899aabbccddeeff";
    /** Of an id, in bytes; a sealed value begins with how many it has. */
    static final int LONGEST_ID = 32;

    /**
     * @param keys {@code id:32 hex digits}, comma-separated, the active one first (PII_KEYS)
     * @param index 64 or more hex digits (PII_INDEX_KEY)
     * @throws SettingException naming the variable that is wrong; never a key
     */
    public static PiiKeys parse(@Nullable String keys, @Nullable String index, boolean development) {
        Map<String, byte[]> ciphers = new LinkedHashMap<>();
        for (String pair : Required.text("PII_KEYS", keys).split(",", -1)) {
            String[] parts = pair.strip().split(":", -1);
            if (parts.length != 2 || !parts[0].matches("[A-Za-z0-9_-]{1," + LONGEST_ID + "}")) {
                throw new SettingException("PII_KEYS", "must be id:hex[,id:hex]");
            }
            ciphers.put(parts[0], hex("PII_KEYS", parts[1], 16, 16));
        }
        if (!development && ciphers.containsKey(DEVELOPMENT_ID)) {
            throw outsideDevelopment("PII_KEYS");
        }
        byte[] indexKey = hex("PII_INDEX_KEY", Required.text("PII_INDEX_KEY", index), 32, 128);
        if (!development) {
            ciphers.values().forEach(key -> refusePublic("PII_KEYS", key));
            refusePublic("PII_INDEX_KEY", indexKey);
        }
        return new PiiKeys(ciphers.keySet().iterator().next(), ciphers, indexKey);
    }

    private static void refusePublic(String variable, byte[] key) {
        if (HexFormat.of().formatHex(key).replace(DEVELOPMENT_KEY, "").isEmpty()) {
            throw outsideDevelopment(variable);
        }
    }

    private static SettingException outsideDevelopment(String variable) {
        return new SettingException(variable, "holds the development key outside the development profile");
    }

    private static byte[] hex(String variable, String text, int least, int most) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(text.strip());
        } catch (IllegalArgumentException e) {
            throw new SettingException(variable, "is not hexadecimal");
        }
        if (key.length < least || key.length > most) {
            throw new SettingException(variable, "has " + key.length + " bytes, not " + least + " to " + most);
        }
        return key;
    }

    @Override
    public String toString() {
        return "PiiKeys" + ciphers.keySet();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PiiKeys that && active.equals(that.active) && Arrays.equals(index, that.index)
                && ciphers.keySet().equals(that.ciphers.keySet());
    }

    @Override
    public int hashCode() {
        return active.hashCode();
    }
}
