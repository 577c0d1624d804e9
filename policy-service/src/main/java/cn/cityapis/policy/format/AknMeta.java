package cn.cityapis.policy.format;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Which work, which version of it, and when it holds: the head of an Akoma Ntoso file. */
final class AknMeta {

    private static final String SOURCE = "#publisher";

    private AknMeta() {
    }

    /** The IRI of the work: country, kind, date of issue, number. */
    static String work(Described described) {
        String number = described.number();
        return "/akn/" + country(described) + "/act/" + date(described) + "/"
                + encoded(number == null ? described.id().toString() : number);
    }

    private static String country(Described described) {
        return "cn-" + described.city();
    }

    /** @param portion of the work, as the naming convention adds it; empty: the whole */
    static void write(Markup xml, Described described, String portion) {
        String work = work(described);
        String expression = work + "/zho@" + described.recordedAt().toLocalDate() + "!v" + described.version();
        xml.open("meta").open("identification", "source", SOURCE);
        level(xml, "FRBRWork", work + "/" + portion + "main", work, described.validity().issued() == null
                ? "recorded"
                : "issued", date(described));
        xml.empty("FRBRcountry", "value", country(described));
        String number = described.number();
        if (number != null) {
            xml.empty("FRBRnumber", "value", number);
        }
        xml.empty("FRBRname", "value", described.title()).close();
        level(xml, "FRBRExpression", expression + "/" + portion + "main", expression, "recorded",
                described.recordedAt().toLocalDate().toString());
        xml.empty("FRBRlanguage", "language", "zho").close();
        level(xml, "FRBRManifestation", expression + "/" + portion + "main.akn", expression + ".akn", "recorded",
                described.recordedAt().toLocalDate().toString());
        xml.empty("FRBRformat", "value", "application/akn+xml").close().close();
        validity(xml, described);
        references(xml, described);
        xml.close();
    }

    private static void level(Markup xml, String level, String self, String uri, String dated, String date) {
        xml.open(level).empty("FRBRthis", "value", self).empty("FRBRuri", "value", uri)
                .empty("FRBRdate", "date", date, "name", dated)
                .empty("FRBRauthor", "href", level.equals("FRBRWork") ? "#organ_1" : SOURCE);
    }

    private static void validity(Markup xml, Described described) {
        LocalDate from = described.validity().from();
        LocalDate until = described.validity().until();
        if (from == null) {
            return;
        }
        xml.open("lifecycle", "source", SOURCE).empty("eventRef", "eId", "event_1", "date", from.toString(), "type",
                "generation", "source", SOURCE);
        if (until != null) {
            xml.empty("eventRef", "eId", "event_2", "date", until.plusDays(1).toString(), "type", "repeal", "source",
                    SOURCE);
        }
        xml.close().open("temporalData", "source", SOURCE).open("temporalGroup", "eId", "period_1");
        if (until == null) {
            xml.empty("timeInterval", "start", "#event_1", "refersTo", "#in_force");
        } else {
            xml.empty("timeInterval", "start", "#event_1", "end", "#event_2", "refersTo", "#in_force");
        }
        xml.close().close();
    }

    private static void references(Markup xml, Described described) {
        xml.open("references", "source", SOURCE);
        xml.empty("original", "eId", "original", "href", described.permalink(), "showAs",
                described.digest() ? "摘要" : "官方文本");
        xml.empty("TLCOrganization", "eId", "publisher", "href",
                "/akn/ontology/organization/" + country(described) + "/city-apis",
                "showAs", "政策文件服务");
        for (int i = 0; i < Math.max(1, described.organs().size()); i++) {
            String organ = described.organs().isEmpty() ? "发文机关不详" : described.organs().get(i);
            xml.empty("TLCOrganization", "eId", "organ_" + (i + 1), "href",
                    "/akn/ontology/organization/" + country(described) + "/" + encoded(organ), "showAs", organ);
        }
        xml.empty("TLCConcept", "eId", "in_force", "href", "/akn/ontology/concept/in-force", "showAs", "施行").close();
    }

    private static String date(Described described) {
        LocalDate issued = described.validity().issued();
        return (issued == null ? described.recordedAt().toLocalDate() : issued).toString();
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
