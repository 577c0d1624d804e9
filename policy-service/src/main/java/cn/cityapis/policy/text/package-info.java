/** The vocabulary of an official document: its number, its tree of nodes, its articles and its validity. Pure. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.text;
