package cn.cityapis.deploy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The published models of Kubernetes' API as a schema: unknown fields, missing ones and wrong types are refused. */
final class KubernetesModel {

    /** Kinds of operators: their schemas come with the operators and are in no library; read against their documents. */
    private static final Set<String> OF_OPERATORS = Set.of("postgresql.cnpg.io/v1 Cluster",
            "postgresql.cnpg.io/v1 ScheduledBackup", "postgresql.cnpg.io/v1 Backup",
            "barmancloud.cnpg.io/v1 ObjectStore",
            "monitoring.coreos.com/v1 PodMonitor", "monitoring.coreos.com/v1 PrometheusRule");

    private static final Gson GSON = JSON.getGson();

    private KubernetesModel() {
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static void validate(Map<String, Object> object) {
        String apiVersion = (String) object.get("apiVersion");
        String kind = (String) object.get("kind");
        if (OF_OPERATORS.contains(apiVersion + " " + kind)) {
            return;
        }
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models." + version.substring(0, 1)
                    .toUpperCase(Locale.ROOT) + version.substring(1) + kind);
            JsonElement json = new Gson().toJsonTree(object);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            sameAgain(json, GSON.toJsonTree(GSON.fromJson(json, model)), kind);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException | JsonParseException e) {
            throw new IllegalArgumentException(kind + " of " + apiVersion + ": " + e.getMessage(), e);
        }
    }

    /** What the model does not know is lost on the way through it. */
    private static void sameAgain(JsonElement given, JsonElement kept, String where) {
        if (given.isJsonObject()) {
            given.getAsJsonObject().entrySet().forEach(field -> {
                JsonElement there = kept.isJsonObject() ? kept.getAsJsonObject().get(field.getKey()) : null;
                if (there == null && !field.getValue().isJsonNull()) {
                    throw new IllegalArgumentException("unknown: " + where + "." + field.getKey());
                }
                sameAgain(field.getValue(), there, where + "." + field.getKey());
            });
        } else if (given.isJsonArray()) {
            List<JsonElement> items = given.getAsJsonArray().asList();
            for (int i = 0; i < items.size(); i++) {
                sameAgain(items.get(i), kept.getAsJsonArray().get(i), where + "[" + i + "]");
            }
        }
    }
}
