package cn.cityapis.platform.settings;

/** A wrong or missing setting: stops the start with one clear line. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingException(String variable, String wrong) {
        super("Environment variable " + variable + " " + wrong);
    }

    public SettingException(String variable, String wrong, Throwable cause) {
        super("Environment variable " + variable + " " + wrong, cause);
    }
}
