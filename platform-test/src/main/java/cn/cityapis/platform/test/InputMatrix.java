package cn.cityapis.platform.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.http.HttpMethod;

/**
 * Walks every operation of a service's OpenAPI document with input of every wrong kind: wrong type, missing, too large,
 * unknown id, another's object, repeated key. Each answer must be a problem document that names all that is wrong and
 * tells nothing of the inside. ("Not allowed" is walked by {@link AccessMatrix}.)
 */
public final class InputMatrix {

    private final int port;
    private final String service;
    private final Class<?> test;
    private final Map<String, String> objects = new HashMap<>();
    private final Map<String, String> openToAll = new HashMap<>();
    private final Map<String, Predicate<ApiOperation>> openKinds = new HashMap<>();
    private final Map<String, String> repeats = new HashMap<>();
    // the webhooks are the shared library's and walked there
    private Predicate<ApiOperation> walked = operation -> !operation.path().contains("/v1/webhooks");
    private Function<ApiOperation, Tokens> owner = operation -> operation.anyone("right-one", "371000");
    private Function<ApiOperation, Tokens> stranger = operation -> operation.anyone("stranger", "nowhere");

    private InputMatrix(int port, String service, Class<?> test) {
        this.port = port;
        this.service = service;
        this.test = test;
    }

    /**
     * @param service the audience, e.g. {@code eldercare}
     * @param test the test class, whose package the names of other tests start from
     */
    public static InputMatrix of(int port, String service, Class<?> test) {
        return new InputMatrix(port, service, test);
    }

    /** Who owns the objects and may do what the operation does; scope and audience are added. */
    public InputMatrix owner(Function<ApiOperation, Tokens> token) {
        owner = token;
        return this;
    }

    /** Who is let in by the document and owns nothing; unless said, a citizen or an operator from nowhere. */
    public InputMatrix stranger(Function<ApiOperation, Tokens> token) {
        stranger = token;
        return this;
    }

    /** An object of the owner's, for each parameter of this name in a path. */
    public InputMatrix object(String parameter, String id) {
        objects.put(parameter, id);
        return this;
    }

    /** Operations whose objects are nobody's own. */
    public InputMatrix openToAll(String why, String... operationIds) {
        List.of(operationIds).forEach(id -> openToAll.put(id, why));
        return this;
    }

    /** The same for all operations of a kind. */
    public InputMatrix openToAll(String why, Predicate<ApiOperation> kind) {
        openKinds.put(why, kind);
        return this;
    }

    /** Walks these operations instead of all that are the service's own. */
    public InputMatrix only(Predicate<ApiOperation> operations) {
        walked = operations;
        return this;
    }

    /** @param name the test that repeats these operations' keys, {@code [package.]Class.method} */
    public InputMatrix repeated(String name, String... operationIds) {
        List.of(operationIds).forEach(id -> repeats.put(id, test.getPackageName() + "." + name));
        return this;
    }

    /** One container for each operation, and one test that what was declared is of operations that exist. */
    public Stream<DynamicContainer> tests() {
        ApiDocument document = ApiDocument.of(port);
        List<ApiOperation> operations = document.operations().stream().filter(walked).toList();
        Set<String> ids = operations.stream().map(ApiOperation::id).collect(Collectors.toSet());
        Set<String> codes = document.problemCodes();
        DynamicTest declared = DynamicTest.dynamicTest("declared operations exist",
                () -> org.assertj.core.api.Assertions.assertThat(ids).containsAll(openToAll.keySet())
                        .containsAll(repeats.keySet()));
        return Stream.concat(Stream.of(DynamicContainer.dynamicContainer("declarations", Stream.of(declared))),
                operations.stream().map(operation -> DynamicContainer.dynamicContainer(operation.name(),
                        trials(operation, codes, methods(operations, operation.path())))));
    }

    private static Set<HttpMethod> methods(List<ApiOperation> operations, String path) {
        return operations.stream().filter(each -> each.path().equals(path)).map(ApiOperation::method)
                .collect(Collectors.toSet());
    }

    private Stream<DynamicTest> trials(ApiOperation operation, Set<String> codes, Set<HttpMethod> methods) {
        Trial trial = trial(operation, owner, codes);
        Stream<DynamicTest> body = operation.jsonBody().stream().flatMap(json -> new BodyTrials(trial, json).tests());
        return Stream.of(body, new ParameterTrials(trial).tests(), new DoorTrials(trial, methods).tests(),
                owners(operation, trial, codes), new RepeatTrials(trial, repeats.get(operation.id())).tests())
                .flatMap(tests -> tests);
    }

    private Stream<DynamicTest> owners(ApiOperation operation, Trial trial, Set<String> codes) {
        if (operation.in("path").isEmpty()) {
            return Stream.of();
        }
        Optional<String> open = openKinds.entrySet().stream().filter(kind -> kind.getValue().test(operation))
                .map(Map.Entry::getKey).findFirst().or(() -> Optional.ofNullable(openToAll.get(operation.id())));
        return open.map(why -> Stream.of(DynamicTest.dynamicTest("open to all: " + why, () -> {
        }))).orElseGet(() -> new OwnerTrials(trial, trial(operation, stranger, codes), objects).tests());
    }

    private Trial trial(ApiOperation operation, Function<ApiOperation, Tokens> who, Set<String> codes) {
        return new Trial(operation, port,
                who.apply(operation).scopes(operation.access().scope()).audience(service).token(), codes);
    }
}
