package cn.cityapis.gateway.settings;

/** A wrong or missing setting: ends the start with one clear line. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }
}
