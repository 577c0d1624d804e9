package cn.cityapis.policy.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.Layout;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.DocumentNumber;

/**
 * Which work each document of a load is of: that of its number, or of its title and date where it has none. Two documents of
 * one load are never two versions of one work because one number was misread: all but one get a work of their own.
 *
 * @param keys one for each document, in their order
 */
record WorkKeys(List<String> keys, List<Warning> warnings) {

    private static final int LENGTH = 16;

    static WorkKeys of(List<GazetteDocument> documents) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < documents.size(); i++) {
            places.computeIfAbsent(of(documents.get(i)), key -> new ArrayList<>()).add(i);
        }
        List<String> keys = new ArrayList<>(documents.stream().map(WorkKeys::of).toList());
        List<Warning> warnings = new ArrayList<>();
        places.forEach((key, same) -> {
            GazetteDocument owner = owner(documents, same);
            for (int place : same) {
                GazetteDocument document = documents.get(place);
                if (!mark(document).equals(mark(owner))) {
                    keys.set(place, key + "#" + mark(document));
                    warnings.add(twice(document, owner));
                }
            }
        });
        return new WorkKeys(List.copyOf(keys), List.copyOf(warnings));
    }

    static String of(GazetteDocument document) {
        DocumentNumber number = document.number();
        return number != null ? number.key() : "title:" + document.title() + "|" + document.validity().issued();
    }

    IncomingDocument incoming(int place, GazetteDocument document) {
        return new IncomingDocument(document, keys.get(place));
    }

    /** The contents page does not contradict its number; else the first. */
    private static GazetteDocument owner(List<GazetteDocument> documents, List<Integer> same) {
        return same.stream().map(documents::get).filter(document -> document.contentsNumber() == null).findFirst()
                .orElse(documents.get(same.getFirst()));
    }

    /** Of documents that have the same number the title tells them apart, of those without any only the text does. */
    private static String mark(GazetteDocument document) {
        String told = Layout.strip(document.number() != null ? document.title() : document.tree().plain());
        return HexFormat.of().formatHex(Source.sha256(told.getBytes(StandardCharsets.UTF_8))).substring(0, LENGTH);
    }

    private static Warning twice(GazetteDocument document, GazetteDocument owner) {
        return document.number() == null
                ? new Warning("title-twice", 0, "《" + document.title() + "》有两份内容不同的同名无文号文件，分别保存。")
                : new Warning("number-twice", 0, "《" + document.title() + "》与《" + owner.title() + "》的文号同为"
                        + document.number() + "；该文号归后者，前者作为另一份文件保存，文号存疑、不予采用。");
    }
}
