/** Works, their dated versions and articles as PostgreSQL holds them, and reading them by number. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.document;
