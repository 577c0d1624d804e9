package cn.cityapis.platform.web;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Dates and times in requests have years of four digits. Java reads a thousand million of them, with which neither a
 * column of the database nor the counting of days ends well.
 */
final class FourDigitYears extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1;
    private static final int FIRST = 1000;
    private static final int LAST = 9999;
    private static final Instant BEGIN = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** Also of the moment, wherever it is told: an hour more or less must not lead out of the range. */
    static boolean has(TemporalAccessor value) {
        if (value.isSupported(ChronoField.INSTANT_SECONDS)) {
            Instant moment = Instant.from(value);
            return !moment.isBefore(BEGIN) && moment.isBefore(END);
        }
        int year = value.isSupported(ChronoField.YEAR) ? value.get(ChronoField.YEAR) : FIRST;
        return FIRST <= year && year <= LAST;
    }

    @Override
    public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier type,
            ValueDeserializer<?> found) {
        return Temporal.class.isAssignableFrom(type.getBeanClass()) ? new Limited(found) : found;
    }

    private static final class Limited extends DelegatingDeserializer {

        Limited(ValueDeserializer<?> unlimited) {
            super(unlimited);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> unlimited) {
            return new Limited(unlimited);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.getString();
            Object value = super.deserialize(parser, context);
            return value instanceof TemporalAccessor time && !has(time)
                    ? context.handleWeirdStringValue(handledType(), text, "a year of four digits is wanted")
                    : value;
        }
    }
}
