package cn.cityapis.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Between a page and a service: lets calls through, keeps them waiting, or fails them, and remembers each. */
final class Wire {

    /** How a call fails. */
    enum Fault {
        /** The gateway says that the service is down. */
        UNAVAILABLE("公共服务暂时不可用"),
        /** Nothing answers. */
        CUT_OFF("连接不上服务"),
        /** The answer ends in the middle. */
        BROKEN_OFF("内容没有传完"),
        /** Something on the way answers that knows nothing of us. */
        FOREIGN_PROXY("服务暂时不可用");

        private final String said;

        Fault(String said) {
            this.said = said;
        }

        /** What the page tells of it. */
        String said() {
            return said;
        }
    }

    private static final String PROBLEM = """
            {"code":"unavailable","status":503,"title":"服务暂时不可用","detail":"公共服务暂时不可用"}""";

    private final List<Route> waiting = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Consumer<Route> treatment = Route::resume;

    Wire(Page page, String calls) {
        page.route(calls, route -> {
            asked.add(call(route.request()));
            treatment.accept(route);
        });
    }

    void hold() {
        asked.clear();
        treatment = waiting::add;
    }

    void fail(Fault fault) {
        treatment = route -> fail(route, fault);
        settle();
    }

    void release() {
        treatment = Route::resume;
        settle();
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    /** Each call since the last hold, with its method and body. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void settle() {
        List<Route> held = List.copyOf(waiting);
        waiting.clear();
        held.forEach(treatment);
    }

    private static void fail(Route route, Fault fault) {
        switch (fault) {
            case UNAVAILABLE -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody(PROBLEM)
                    .setHeaders(Map.of("Retry-After", "5", "Content-Type", "application/problem+json")));
            case CUT_OFF -> route.abort("connectionrefused");
            case BROKEN_OFF -> route.fulfill(new Route.FulfillOptions().setContentType("application/json")
                    .setBody("{\"items\":["));
            case FOREIGN_PROXY -> route.fulfill(new Route.FulfillOptions().setStatus(502).setContentType("text/html")
                    .setBody("<h1>502 Bad Gateway</h1>"));
        }
    }

    private static String call(Request request) {
        return request.method() + " " + request.url() + " " + request.postData();
    }
}
