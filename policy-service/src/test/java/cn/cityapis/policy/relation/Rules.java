package cn.cityapis.policy.relation;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;

/** Made-up documents of the city of 海岚. */
final class Rules {

    private Rules() {
    }

    static String text(String subject, String number, String date, String body) {
        return "海岚市人民政府\n\n" + subject + "\n\n" + number + "\n\n各区人民政府：\n\n" + body + "\n\n海岚市人民政府\n" + date + "\n";
    }

    static GazetteDocument document(String subject, String number, String date, String body) {
        return GazetteParser.parse(text(subject, number, date, body)).documents().getFirst();
    }
}
