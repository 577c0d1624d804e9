package cn.cityapis.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx of the PATH (Debian: nginx-light), one worker, in the foreground. */
final class Nginx {

    /** About a kilobyte of JSON, as a page of a list has. */
    private static final String ANSWER = "{\"items\":["
            + "{\"id\":\"00000000-0000-7000-8000-000000000001\",\"name\":\"x\"},"
                    .repeat(16)
            + "{}]}";
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 100000000;
              %2$s
            }
            """;

    private Nginx() {
    }

    /** Answers everything with the same JSON at once. */
    static Pinned service(int core, Path folder, int port) throws IOException {
        return start(core, folder, """
                server { listen 127.0.0.1:%d; default_type application/json; location / { return 200 '%s'; } }
                """.formatted(port, ANSWER));
    }

    /** A plain proxy that keeps its connections. */
    static Pinned proxy(int core, Path folder, int port, int service) throws IOException {
        return start(core, folder, """
                upstream service { server 127.0.0.1:%d; keepalive 256; keepalive_requests 100000000; }
                server { listen 127.0.0.1:%d; location / {
                  proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; } }
                """.formatted(service, port));
    }

    private static Pinned start(int core, Path folder, String servers) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, servers));
        return Pinned.start(core, folder.resolve("nginx.log"),
                List.of("nginx", "-e", folder.resolve("error.log").toString(), "-c", file.toString()));
    }
}
