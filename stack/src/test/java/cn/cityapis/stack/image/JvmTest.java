package cn.cityapis.stack.image;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.stack.layout.Component;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmTest {

    private static final BootImage IMAGE = new BootImage(Component.POLICY, Path.of("/images/policy-1"));

    @Test
    void trainsAnAotCacheOnJdk25() {
        Jvm jvm = new Jvm("java", 25);
        assertThat(jvm.command(IMAGE, Jvm.Cache.TRAIN)).contains("-XX:AOTCacheOutput=/images/policy-1/startup.draft");
        assertThat(jvm.command(IMAGE, Jvm.Cache.USE)).contains("-XX:AOTCache=/images/policy-1/startup.cache");
    }

    @Test
    void fallsBackToAClassArchiveOnJdk21() {
        Jvm jvm = new Jvm("java", 21);
        assertThat(jvm.command(IMAGE, Jvm.Cache.TRAIN))
                .contains("-XX:ArchiveClassesAtExit=/images/policy-1/startup.draft");
        assertThat(jvm.command(IMAGE, Jvm.Cache.USE)).contains("-XX:SharedArchiveFile=/images/policy-1/startup.cache")
                .doesNotContain("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void startsWithoutACacheToo() {
        assertThat(new Jvm("java", 25).command(IMAGE, Jvm.Cache.NONE)).noneMatch(flag -> flag.contains("AOT"))
                .endsWith("-jar", "/images/policy-1/policy-service.jar");
    }
}
