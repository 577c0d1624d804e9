package cn.cityapis.platform.pii;

import java.util.List;

/** All columns of one part of a service that hold sealed values; each part tells its own as a bean. */
public record SealedColumns(List<SealedColumn> list) {

    public static SealedColumns of(SealedColumn... columns) {
        return new SealedColumns(List.of(columns));
    }
}
