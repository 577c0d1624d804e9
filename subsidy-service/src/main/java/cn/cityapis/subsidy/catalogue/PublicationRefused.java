package cn.cityapis.subsidy.catalogue;

import java.util.List;

/** A scheme that may not be published, with every reason. */
public final class PublicationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    PublicationRefused(String scheme, List<String> reasons) {
        super("方案 " + scheme + " 不能发布：" + String.join("；", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
