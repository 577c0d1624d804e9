package cn.cityapis.policy.search;

import java.util.List;

import reactor.core.publisher.Mono;

/** The search, whatever index answers it. What an implementation must do is in the contract test. */
interface ArticleSearch {

    /** Whether the index has caught up with the database since the start. */
    boolean ready();

    Mono<SearchAnswer> search(SearchRequest request);

    /** What somebody may be typing: titles, numbers, topics and organs. */
    Mono<List<Suggestion>> suggest(String typed, int limit);
}
