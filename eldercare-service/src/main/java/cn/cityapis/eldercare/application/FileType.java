package cn.cityapis.eldercare.application;

import java.util.Arrays;
import java.util.Optional;

/** The file types taken, told by their first bytes, not by what the sender says. */
public enum FileType {
    PDF("application/pdf", new int[]{'%', 'P', 'D', 'F', '-'}),
    JPEG("image/jpeg", new int[]{0xFF, 0xD8, 0xFF}),
    PNG("image/png", new int[]{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});

    private final String mediaType;
    private final int[] magic;

    FileType(String mediaType, int[] magic) {
        this.mediaType = mediaType;
        this.magic = magic;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<FileType> of(byte[] content) {
        return Arrays.stream(values()).filter(type -> type.begins(content)).findFirst();
    }

    private boolean begins(byte[] content) {
        if (content.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((content[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
