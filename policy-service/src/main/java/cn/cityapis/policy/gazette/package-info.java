/** From the text of a gazette issue, as OCR gives it, to documents with trees. Pure: no Spring, no database, no clock. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.gazette;
