package cn.cityapis.pharmacy.stock;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param nearbyM metres within which somebody else must have a medicine for it not to be "out nearby" */
@ConfigurationProperties("pharmacy.stock")
record StockSettings(@DefaultValue("5000") int nearbyM) {
}
