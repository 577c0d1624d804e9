package cn.cityapis.policy.search;

import java.io.IOException;

/** In how many articles of an index a word of a field stands. */
interface Frequencies {

    int of(String field, String word) throws IOException;
}
