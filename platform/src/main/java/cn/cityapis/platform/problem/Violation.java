package cn.cityapis.platform.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the body ({@code /applicant/idNumber}), or {@code ?name} for a query parameter
 * @param code stable, kebab-case
 * @param detail Chinese, fit to be shown to a citizen
 */
public record Violation(String pointer, String code, String detail) {
}
