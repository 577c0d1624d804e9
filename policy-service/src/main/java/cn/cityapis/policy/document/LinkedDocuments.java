package cn.cityapis.policy.document;

import java.util.List;

/** The documents nearest to one in the graph. */
record LinkedDocuments(List<DocumentLink> restsOn, List<DocumentLink> repealedBy, List<DocumentLink> repeals,
        List<DocumentLink> amendedBy) {
}
