package cn.cityapis.subsidy.property;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Enters what the bank sends back. */
record Returns(Office office, Bank bank, Told told, Random random) {

    /** Of the orders that arrived one comes back; the bank has the money again only if it is booked so. */
    void comeBack() throws InterruptedException {
        List<String> arrived = bank.arrived();
        String item = arrived.isEmpty() ? "" : arrived.get(random.nextInt(arrived.size()));
        if (!item.isEmpty() && Client.taken(office.post(random, Town.CASHIER, "/payment-items/" + item + "/returns",
                Map.of("bankReference", "V" + UUID.randomUUID(), "reason", "随机"), null))) {
            told.returns.add(item);
            bank.transfers.put(item, false);
        }
    }
}
