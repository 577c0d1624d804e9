package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.demo.DemoCatalogue.Entry;
import cn.cityapis.pharmacy.demo.DemoInstitutions.Account;
import cn.cityapis.pharmacy.demo.DemoInstitutions.Place;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nine months of trade: each chain orders every month, most pay in time, some late, a few not at all. */
final class DemoPurchases {

    private static final int MONTHS = 9;
    private static final int STORES_OF_ORDER = 3;
    private static final int LINES_OF_STORE = 10;
    private static final int TERM_DAYS = 30;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final DemoCity city;
    private final WorkingCalendar calendar;
    private final LocalDate today;
    private final DemoRandom random;
    private final CopyIn orders = new CopyIn("""
            purchase_order (id, chain_id, supplier_id, state, placed_at, confirmed_at, completed_at, version)""");
    private final CopyIn orderLines = new CopyIn(
            """
            order_line (order_id, line_no, chain_id, store_id, drug_id, award_id, price_fen, ordered, delivered, accepted)""");
    private final CopyIn deliveries = new CopyIn("""
            delivery (id, order_id, store_id, state, delivered_at, decided_at, version)""");
    private final CopyIn parts = new CopyIn("""
            delivery_line (delivery_id, order_id, line_no, quantity, batch_no, expires_on)""");
    private final CopyIn settlements = new CopyIn("""
            settlement (id, delivery_id, order_id, chain_id, supplier_id, amount_fen, accepted_on, term_days, due_on,
                        provisional, state, paid_on, reference, paid_fen, version)""");

    private DemoPurchases(DemoCity city, WorkingCalendar calendar) {
        this.city = city;
        this.calendar = calendar;
        this.today = city.at().atZone(ZONE).toLocalDate();
        this.random = city.random();
    }

    static void into(Connection connection, DemoCity city, WorkingCalendar calendar) throws SQLException {
        DemoPurchases purchases = new DemoPurchases(city, calendar);
        for (int back = MONTHS; back >= 1; back--) {
            LocalDate month = purchases.today.minusMonths(back).withDayOfMonth(1);
            for (Account chain : city.institutions().chains()) {
                purchases.order(chain, month.plusDays(purchases.random.between(0, 19)));
            }
        }
        for (CopyIn rows : List.of(purchases.orders, purchases.orderLines, purchases.deliveries, purchases.parts,
                purchases.settlements)) {
            rows.into(connection);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE purchase_order, order_line, delivery, delivery_line, settlement");
        }
    }

    private void order(Account chain, LocalDate placed) {
        UUID id = random.id();
        Account supplier = random.oneOf(city.institutions().suppliers());
        LocalDate accepted = placed.plusDays(random.between(4, 8));
        orders.row(id, chain.id(), supplier.id(), "completed", at(placed), at(placed.plusDays(1)), at(accepted), 3);
        List<Place> own = new ArrayList<>(city.institutions().places().stream()
                .filter(p -> chain.id().equals(p.chain())).toList());
        int line = 0;
        for (int store = 0; store < STORES_OF_ORDER; store++) {
            Place place = own.remove(random.between(0, own.size() - 1));
            line = deliver(id, chain, supplier, place, accepted, line);
        }
    }

    /** Answers the number of the last line. */
    private int deliver(UUID order, Account chain, Account supplier, Place store, LocalDate accepted, int lastLine) {
        UUID delivery = random.id();
        deliveries.row(delivery, order, store.id(), "accepted", at(accepted.minusDays(1)), at(accepted), 1);
        Set<UUID> taken = new HashSet<>();
        int line = lastLine;
        long fen = 0;
        while (taken.size() < LINES_OF_STORE) {
            Entry medicine = random.oneOf(city.catalogue().entries());
            if (taken.add(medicine.id())) {
                line++;
                int packs = random.between(5, 60);
                fen += packs * medicine.procuredFen();
                orderLines.row(order, line, chain.id(), store.id(), medicine.id(), medicine.award(),
                        medicine.procuredFen(), packs, packs, packs);
                parts.row(delivery, order, line, packs, "DEMO" + accepted.toString().replace("-", "").substring(2),
                        accepted.plusMonths(random.between(12, 30)));
            }
        }
        settle(delivery, order, chain, supplier, fen, accepted);
        return line;
    }

    private void settle(UUID delivery, UUID order, Account chain, Account supplier, long fen, LocalDate accepted) {
        Deadline due = calendar.calendarDaysAfter(accepted, TERM_DAYS);
        LocalDate paid = paid(accepted, due.lastDay());
        UUID id = random.id();
        settlements.row(id, delivery, order, chain.id(), supplier.id(), fen, accepted, TERM_DAYS, due.lastDay(),
                due.provisional(), paid == null ? "due" : "paid", paid, paid == null ? null : "DEMO-PAY-" + id,
                paid == null ? null : fen, paid == null ? 0 : 1);
    }

    private @Nullable LocalDate paid(LocalDate accepted, LocalDate due) {
        LocalDate day = random.chance(0.9)
                ? accepted.plusDays(random.between(12, 30))
                : due.plusDays(random.between(1, 15));
        return day.isAfter(today) || random.chance(0.03) ? null : day;
    }

    private static String at(LocalDate day) {
        return ZonedDateTime.of(day.atTime(10, 0), ZONE).toOffsetDateTime().toString();
    }
}
