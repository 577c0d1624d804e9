package cn.cityapis.stack.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK that runs the stack, and the flags with which it starts services fast and small. */
public record Jvm(String program, int feature) {

    private static final int AOT_CACHE = 25;

    /** What a process does with its start-up cache. */
    public enum Cache {
        NONE, TRAIN, USE
    }

    /** The JDK that runs this launcher: {@code ./run} chose the best one. */
    public static Jvm current() {
        return new Jvm(Path.of(System.getProperty("java.home"), "bin", "java").toString(), Runtime.version().feature());
    }

    public List<String> command(BootImage image, Cache cache) {
        List<String> command = new ArrayList<>(List.of(program, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Xms24m", "-Xmx" + heap(image), "-XX:MinHeapFreeRatio=15",
                "-XX:MaxHeapFreeRatio=30", "-Xss512k", "-XX:ReservedCodeCacheSize=40m",
                "-XX:MaxDirectMemorySize=48m", "-XX:+ExitOnOutOfMemoryError", "-Dreactor.netty.native=false",
                "-Dio.netty.allocator.numDirectArenas=2", "-Dspring.main.banner-mode=off", "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED"));
        if (feature >= AOT_CACHE) {
            command.add("-XX:+UseCompactObjectHeaders");
            command.add("-XX:TrimNativeHeapInterval=5000");
            command.add("-Xlog:aot*=error");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(cacheFlags(image, cache));
        command.add("-jar");
        command.add(image.jar().toString());
        return command;
    }

    private List<String> cacheFlags(BootImage image, Cache cache) {
        boolean aot = feature >= AOT_CACHE;
        return switch (cache) {
            case NONE -> List.of();
            case TRAIN -> List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + image.draftCache());
            case USE -> List.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + image.startupCache());
        };
    }

    private static String heap(BootImage image) {
        return switch (image.component()) {
            case POLICY -> "192m";
            case PHARMACY, ELDERCARE, SUBSIDY -> "128m";
            case IDENTITY, GATEWAY -> "96m";
        };
    }
}
