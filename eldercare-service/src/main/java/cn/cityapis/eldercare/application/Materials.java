package cn.cityapis.eldercare.application;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The papers of the applications; a newer one of a kind stands for the older. */
@Repository
public class Materials {

    private final DatabaseClient database;

    Materials(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID application, Material material, String providedBy) {
        return database.sql("""
                insert into material (id, application_id, kind, source, register, media_type, size_bytes, sha256, provided_by,
                                      provided_at, demo)
                values (:id, :application, :kind, :source, :register, :mediaType, :size, :sha256, :by, :at, :demo)
                """)
                .bind("id", material.id())
                .bind("application", application)
                .bind("kind", material.kind().name())
                .bind("source", material.source().name())
                .bind("register", Parameter.fromOrEmpty(material.register(), String.class))
                .bind("mediaType", Parameter.fromOrEmpty(material.mediaType(), String.class))
                .bind("size", Parameter.fromOrEmpty(material.sizeBytes(), Long.class))
                .bind("sha256", Parameter.fromOrEmpty(material.sha256(), String.class))
                .bind("by", providedBy)
                .bind("at", material.providedAt())
                .bind("demo", material.demo())
                .then();
    }

    /** The latest of each kind. */
    Mono<List<Material>> of(UUID application) {
        return database.sql("""
                select distinct on (kind) id, kind, source, register, media_type, size_bytes, sha256, provided_at, demo
                from material where application_id = :id order by kind, provided_at desc, id desc
                """)
                .bind("id", application)
                .map(row -> new Material(row.get("id", UUID.class), MaterialKind.valueOf(row.get("kind", String.class)),
                        Material.Source.valueOf(row.get("source", String.class)), row.get("register", String.class),
                        row.get("media_type", String.class), row.get("size_bytes", Long.class),
                        row.get("sha256", String.class), row.get("provided_at", Instant.class),
                        row.get("demo", Boolean.class)))
                .all()
                .collectList();
    }

    Mono<Set<MaterialKind>> kinds(UUID application) {
        return of(application).map(materials -> {
            Set<MaterialKind> kinds = EnumSet.noneOf(MaterialKind.class);
            materials.forEach(material -> kinds.add(material.kind()));
            return kinds;
        });
    }

    /** Forgets the papers of these applications, and notes their files for {@link EraseFiles}; answers how many files. */
    public Mono<Integer> erase(List<UUID> applications, Instant at) {
        return database.sql("""
                with gone as (delete from material where application_id = any(:applications) returning id, source),
                     noted as (insert into file_to_erase (material_id, noted_at)
                               select id, :at from gone where source = 'UPLOAD' returning 1)
                select count(*)::int as files from noted
                """)
                .bind("applications", applications.toArray(UUID[]::new))
                .bind("at", at)
                .mapValue(Integer.class)
                .one();
    }

    Mono<List<UUID>> toErase(int rows) {
        return database.sql("select material_id from file_to_erase order by noted_at, material_id limit :rows")
                .bind("rows", rows).mapValue(UUID.class).all().collectList();
    }

    Mono<Void> erased(UUID material) {
        return database.sql("delete from file_to_erase where material_id = :id").bind("id", material).then();
    }
}
