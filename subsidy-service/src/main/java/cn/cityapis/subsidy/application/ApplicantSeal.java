package cn.cityapis.subsidy.application;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.ResidentId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals and opens the personal data of an application, field by field. */
@Component
class ApplicantSeal {

    private static final String TABLE = "application";

    private final FieldCipher cipher;

    ApplicantSeal(FieldCipher cipher) {
        this.cipher = cipher;
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(byte @Nullable [] name, byte @Nullable [] idNumber, byte @Nullable [] idIndex,
            byte @Nullable [] phone,
            byte @Nullable [] account) {
    }

    Sealed seal(UUID row, Applicant applicant) {
        return new Sealed(seal(row, "name", applicant.name()), seal(row, "id_number", applicant.idNumber()),
                applicant.residentId() == null ? null : index(applicant), seal(row, "phone", applicant.phone()),
                seal(row, "account", applicant.bankAccount()));
    }

    Applicant open(UUID row, Sealed sealed) {
        return new Applicant(open(row, "name", sealed.name()), open(row, "id_number", sealed.idNumber()),
                open(row, "phone", sealed.phone()), open(row, "account", sealed.account()));
    }

    /** The same for the same person. */
    byte[] index(Applicant applicant) {
        ResidentId id = applicant.residentId();
        if (id == null) {
            throw new IllegalStateException("An incomplete applicant has no index");
        }
        return cipher.blindIndex("application.id_number", id.value());
    }

    private byte @Nullable [] seal(UUID row, String column, @Nullable String clear) {
        return clear == null ? null : cipher.encrypt(TABLE, column, row, clear);
    }

    private @Nullable String open(UUID row, String column, byte @Nullable [] sealed) {
        return sealed == null ? null : cipher.decrypt(TABLE, column, row, sealed);
    }
}
