package cn.cityapis.eldercare.text;

import cn.cityapis.platform.pii.FieldCipher;
import io.r2dbc.spi.Readable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;

/** Seals what was typed, and opens it for whoever may read the row. */
@Component
public class FreeTexts {

    private final FieldCipher cipher;

    FreeTexts(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** @param row the id of the row that it stands in */
    public byte[] seal(FreeText text, UUID row, String typed) {
        return cipher.encrypt(text.table(), text.sealedColumn(), row, typed);
    }

    /** The same for a text that may be left out. */
    public Parameter sealIfTyped(FreeText text, UUID row, @Nullable String typed) {
        return Parameter.fromOrEmpty(typed == null ? null : seal(text, row, typed), byte[].class);
    }

    /** Of a row with its id, its text and the sealed one; empty once the person has been erased. */
    public @Nullable String read(FreeText text, Readable row) {
        byte[] sealed = row.get(text.sealedColumn(), byte[].class);
        if (sealed == null) {
            return row.get(text.column(), String.class);
        }
        return sealed.length == 0
                ? ""
                : cipher.decrypt(text.table(), text.sealedColumn(), row.get("id", UUID.class), sealed);
    }
}
