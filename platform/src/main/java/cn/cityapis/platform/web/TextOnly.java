package cn.cityapis.platform.web;

import java.time.temporal.Temporal;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Dates, times and ids are text. Jackson would also take numbers and arrays, and read an empty text as none at all. */
final class TextOnly extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier type,
            ValueDeserializer<?> found) {
        boolean text = Temporal.class.isAssignableFrom(type.getBeanClass()) || type.getBeanClass() == UUID.class;
        return text ? new Strict(found) : found;
    }

    private static final class Strict extends DelegatingDeserializer {

        Strict(ValueDeserializer<?> lenient) {
            super(lenient);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> lenient) {
            return new Strict(lenient);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            return parser.hasToken(JsonToken.VALUE_STRING) && !parser.getString().isBlank()
                    ? super.deserialize(parser, context)
                    : context.handleUnexpectedToken(handledType(), parser);
        }
    }
}
