/** Facts found in the articles (amounts, deadlines, organs, audiences), and the awards among them as records. */
@org.jspecify.annotations.NullMarked
package cn.cityapis.policy.entitlement;
