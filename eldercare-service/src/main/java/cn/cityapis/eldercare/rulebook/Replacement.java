package cn.cityapis.eldercare.rulebook;

import java.time.LocalDate;

/**
 * An operator's dated act by which a new rule book takes the place of another.
 *
 * @param replaces the id of the book that it follows
 */
record Replacement(String replaces, LocalDate decidedOn, String decidedBy, String basis) {
}
