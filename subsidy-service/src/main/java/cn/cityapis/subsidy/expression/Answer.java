package cn.cityapis.subsidy.expression;

import java.util.Set;

/** What an expression says: a value, or which variables it still needs. */
public sealed interface Answer {

    record Known(Object value) implements Answer {
    }

    /** @param names the variables without which the answer cannot be told; other missing ones do not matter */
    record Missing(Set<String> names) implements Answer {

        public Missing {
            names = Set.copyOf(names);
        }
    }
}
