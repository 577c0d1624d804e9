package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Lasting;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.StringWriter;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Writes each {@link Lasting} part once, and from then on copies what was written. */
@Component
class LastingJson extends SimpleModule {

    private static final long serialVersionUID = 1L;

    LastingJson() {
        setSerializerModifier(new Modifier());
    }

    private static final class Modifier extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier described,
                ValueSerializer<?> usual) {
            return Lasting.class.isAssignableFrom(described.getBeanClass()) ? new Once(usual) : usual;
        }
    }

    private static final class Once extends ValueSerializer<Lasting> {

        private final Cache<Lasting, SerializableString> written = Caffeine.newBuilder().weakKeys().build();
        private final ValueSerializer<Object> usual;

        @SuppressWarnings("unchecked")
        Once(ValueSerializer<?> usual) {
            this.usual = (ValueSerializer<Object>) usual;
        }

        @Override
        public void resolve(SerializationContext context) {
            usual.resolve(context);
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            ValueSerializer<?> there = usual.createContextual(context, property);
            return there == usual ? this : new Once(there);
        }

        @Override
        public void serialize(Lasting part, JsonGenerator out, SerializationContext context) {
            if (part.isLasting()) {
                out.writeRawValue(written.get(part, one -> write(one, context)));
            } else {
                usual.serialize(part, out, context);
            }
        }

        private SerializableString write(Lasting part, SerializationContext context) {
            StringWriter text = new StringWriter();
            try (JsonGenerator out = context.tokenStreamFactory().createGenerator(context, text)) {
                usual.serialize(part, out, context);
            }
            return new SerializedString(text.toString());
        }
    }
}
