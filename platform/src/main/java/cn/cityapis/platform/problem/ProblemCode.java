package cn.cityapis.platform.problem;

import org.springframework.http.HttpStatus;

/** One kind of refusal; each service lists its own in one enum. The code never changes once published. */
public interface ProblemCode {

    /** Stable, in kebab-case, unique within the platform's documents. */
    String code();

    HttpStatus status();

    /** Chinese, fit to be shown to a citizen. */
    String title();
}
