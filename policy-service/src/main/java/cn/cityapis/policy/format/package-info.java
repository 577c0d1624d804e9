/**
 * Documents in the formats they are written in, read as lines for the parser, and shown in the formats others read. Pure: the
 * library for a format is loaded when the first document in it comes.
 */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.format;
