package cn.cityapis.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The env file that deploy/compose/new-env makes, made in another folder. */
final class ComposeEnvFile {

    private ComposeEnvFile() {
    }

    static Map<String, String> make(Path folder) throws IOException, InterruptedException {
        for (String name : new String[]{"new-env", "env.example"}) {
            Files.copy(ProjectFiles.root().resolve("deploy/compose").resolve(name), folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Process script = new ProcessBuilder("bash", folder.resolve("new-env").toString()).redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (script.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return ComposeFileTest.variables(folder.resolve(".env"));
    }
}
