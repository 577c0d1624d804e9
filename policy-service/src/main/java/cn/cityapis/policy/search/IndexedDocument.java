package cn.cityapis.policy.search;

import java.util.List;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;

/** The current version of a work as the index takes it over. */
record IndexedDocument(DocumentVersion document, List<Article> articles) {
}
