package cn.cityapis.policy.gazette;

/**
 * Something odd in the source that was kept as it is. Shown in the report of the load, never silently resolved.
 *
 * @param line   in the input, from 1; 0 where no single line is meant
 * @param detail in Chinese, for the operator
 */
public record Warning(String code, int line, String detail) {
}
