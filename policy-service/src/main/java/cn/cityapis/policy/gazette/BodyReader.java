package cn.cityapis.policy.gazette;

import java.util.List;

/** Builds the tree of a body; {@link BodyParser} does, a test may put one that fails in its place. */
@FunctionalInterface
interface BodyReader {

    Signatures read(List<Line> lines, int from, int to, String title, Branch root);
}
