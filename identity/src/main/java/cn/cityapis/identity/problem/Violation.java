package cn.cityapis.identity.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the body, or {@code ?name} for a query parameter
 * @param code stable, kebab-case
 * @param detail Chinese
 */
public record Violation(String pointer, String code, String detail) {
}
