package cn.cityapis.clients;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.slf4j.LoggerFactory;

/** What openapi-generator makes of a document with the settings of {@code java-client.json}, and what javac says to it. */
final class JavaClient {

    /** Words of the generator about itself: it shows no examples that are objects, and calls its newer half so. */
    private static final List<String> OF_ITSELF = List.of("OpenAPI 3.1 support is still in beta",
            "Ignoring complex example on request body");

    private JavaClient() {
    }

    /** @return what the generator warned of */
    static List<String> generate(Path document, Path folder) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        root.addAppender(said);
        CodegenConfigurator settings = CodegenConfigurator.fromFile("java-client.json")
                .setInputSpec(document.toString()).setOutputDir(folder.toString());
        new DefaultGenerator(false).opts(settings.toClientOptInput()).generate();
        root.detachAppender(said);
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).distinct()
                .filter(message -> OF_ITSELF.stream().noneMatch(message::startsWith)).toList();
    }

    /** @return errors and warnings, with all checks of javac but three: the generator's own frame asks for old methods of
     *     Jackson, has serializable classes without a number, and constructors that call setters */
    static List<String> compile(List<Path> folders, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<File> sources = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).map(Path::toFile).forEach(sources::add);
            }
        }
        try (var files = compiler.getStandardFileManager(said, null, null)) {
            compiler.getTask(null, files, said,
                    List.of("-proc:none", "-Xlint:all,-deprecation,-serial,-this-escape", "-d", classes.toString(),
                            "-classpath", System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromFiles(sources)).call();
        }
        return said.getDiagnostics().stream().filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
                .map(each -> each.getKind() + " " + each).toList();
    }
}
