package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** How the cases of a batch are written. */
@Schema(description = "批量数据的格式：ndjson 每行一个 JSON；csv 首行为列名")
enum BatchFormat {
    @JsonProperty("ndjson")
    NDJSON, @JsonProperty("csv")
    CSV;

    static final String CSV_TYPE = "text/csv";

    /** @param header the first line, which only CSV needs */
    CaseReader reader(SchemeCatalogue catalogue, String header) {
        return switch (this) {
            case NDJSON -> new NdjsonReader(catalogue.facts());
            case CSV -> new CsvReader(header, catalogue.facts(), catalogue::fact);
        };
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
