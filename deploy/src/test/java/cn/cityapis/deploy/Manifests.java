package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The objects of deploy/kubernetes, and a way into them. */
@SuppressWarnings("unchecked")
final class Manifests {

    static final Path FOLDER = Project.ROOT.resolve("deploy/kubernetes");

    private Manifests() {
    }

    static List<Path> files() {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> kustomizations() {
        return files().stream().filter(file -> file.endsWith("kustomization.yaml")).toList();
    }

    static Map<String, Object> read(Path kustomization) {
        return (Map<String, Object>) Project.yaml(kustomization).get(0);
    }

    /** Every object that is written out, and every one that a patch is merged into, as Kustomize would. */
    static List<Map<String, Object>> objects() {
        List<Map<String, Object>> all = new ArrayList<>();
        files().stream().filter(file -> !file.endsWith("kustomization.yaml"))
                .forEach(file -> Project.yaml(file).forEach(object -> all.add((Map<String, Object>) object)));
        List<Map<String, Object>> merged = new ArrayList<>();
        kustomizations().forEach(file -> ((List<Map<String, Object>>) read(file).getOrDefault("patches", List.of()))
                .forEach(patch -> {
                    if (new Yaml(new SafeConstructor(new LoaderOptions()))
                            .load((String) patch.get("patch")) instanceof Map<?, ?> change) {
                        all.stream().filter(object -> object.get("kind").equals(change.get("kind"))
                                && at(object, "metadata", "name").equals(at(change, "metadata", "name")))
                                .forEach(object -> merged.add((Map<String, Object>) merge(object, change)));
                    }
                }));
        all.addAll(merged);
        return all;
    }

    /** Strategic merge: maps by key, lists of named things by name, everything else is replaced. */
    private static Object merge(Object into, Object change) {
        if (into instanceof Map<?, ?> && change instanceof Map<?, ?> changes) {
            Map<Object, Object> merged = new LinkedHashMap<>((Map<Object, Object>) into);
            changes.forEach((key, value) -> merged.put(key,
                    merged.containsKey(key) ? merge(merged.get(key), value) : value));
            return merged;
        }
        if (into instanceof List<?> && change instanceof List<?> changes) {
            Map<Object, Object> byName = new LinkedHashMap<>();
            ((List<Object>) into).forEach(item -> byName.put(at(item, "name"), item));
            changes.forEach(item -> byName.merge(at(item, "name"), item, Manifests::merge));
            return new ArrayList<>(byName.values());
        }
        return change;
    }

    static Map<String, Object> of(String kind, String name) {
        return objects().stream()
                .filter(object -> object.get("kind").equals(kind) && name.equals(at(object, "metadata", "name")))
                .findFirst().orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** Down through maps by name and lists by number; null where the way ends. */
    static Object at(Object from, Object... way) {
        Object here = from;
        for (Object step : way) {
            here = step instanceof Integer number && here instanceof List<?> list
                    ? list.get(number)
                    : here instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return here;
    }

    static Map<String, Object> container(String app) {
        return (Map<String, Object>) at(of("Deployment", app), "spec", "template", "spec", "containers", 0);
    }

    /** Value of each variable, or what it refers to. */
    static Map<String, Object> environment(String app) {
        Map<String, Object> environment = new LinkedHashMap<>();
        ((List<Map<String, Object>>) container(app).get("env"))
                .forEach(variable -> environment.put((String) variable.get("name"),
                        variable.getOrDefault("value", variable.get("valueFrom"))));
        return environment;
    }
}
