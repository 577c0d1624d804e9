package cn.cityapis.platform.sample;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The smallest service: what the shared library gives it is what the tests beside it show. */
@SpringBootApplication
public class SampleApplication {
}
