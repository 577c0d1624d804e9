package cn.cityapis.subsidy;

import cn.cityapis.platform.pii.SealedColumn;
import cn.cityapis.platform.pii.SealedColumns;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** What a person is entitled to, and the payment of exactly that. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SubsidyApplication {

    public static void main(String[] args) {
        SpringApplication.run(SubsidyApplication.class, args);
    }

    @Bean
    static SealedColumns sealedColumns() {
        return SealedColumns.of(SealedColumn.of("application", "name_sealed", "name"),
                SealedColumn.of("application", "id_number_sealed", "id_number"),
                SealedColumn.of("application", "phone_sealed", "phone"),
                SealedColumn.of("application", "account_sealed", "account"),
                SealedColumn.of("application_paper", "content"),
                SealedColumn.of("payment_item", "payee_sealed", "payee"),
                SealedColumn.of("payment_item", "account_sealed", "account"),
                SealedColumn.of("objection", "text_sealed", "text"),
                SealedColumn.of("insurance_round", "account_sealed", "account"),
                SealedColumn.of("insurance_row", "name_sealed", "name"),
                SealedColumn.of("insurance_row", "id_sealed", "id_number"),
                SealedColumn.of("insurance_file", "content"));
    }
}
