package cn.cityapis.eldercare;

import cn.cityapis.platform.pii.SealedColumn;
import cn.cityapis.platform.pii.SealedColumns;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The waiting list of public care homes. */
@SpringBootApplication
public class EldercareApplication {

    public static void main(String[] args) {
        SpringApplication.run(EldercareApplication.class, args);
    }

    @Bean
    static SealedColumns sealedColumns() {
        return SealedColumns.of(SealedColumn.of("application", "sealed"), SealedColumn.of("assessment", "sealed"),
                SealedColumn.of("circumstance_change", "sealed"), SealedColumn.of("illness_note", "sealed"),
                SealedColumn.of("application", "missing_sealed"), SealedColumn.of("decision", "reason_sealed"),
                SealedColumn.of("circumstance_change", "reason_sealed"),
                SealedColumn.of("appointment", "place_sealed"), SealedColumn.of("appointment", "out_of_turn_sealed"),
                SealedColumn.of("stay", "reason_sealed"), SealedColumn.of("stay", "end_note_sealed"),
                SealedColumn.of("adjustment", "reason_sealed"),
                SealedColumn.of("queue_entry", "sealed_needs"),
                // an event holds the needs of its entry as they were
                new SealedColumn("queue_event", "sealed_needs", "queue_entry", "sealed_needs", "entry_id"));
    }
}
