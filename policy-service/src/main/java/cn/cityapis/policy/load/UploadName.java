package cn.cityapis.policy.load;

import java.util.Locale;

/** The name of what is handed in; its ending tells the format where neither content nor sender's name does. */
final class UploadName {

    private UploadName() {
    }

    static String of(String name, String mediaType) {
        String file = name.isBlank() ? "upload" : name;
        String ending = switch (mediaType.toLowerCase(Locale.ROOT)) {
            case "text/markdown" -> ".md";
            case "text/html" -> ".html";
            case "application/pdf" -> ".pdf";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> ".docx";
            default -> name.isBlank() ? ".txt" : "";
        };
        return file.contains(".") ? file : file + ending;
    }
}
