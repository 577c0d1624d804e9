package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Fact;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The published schemes. Facts are one vocabulary: the same name means the same in every scheme. When a version is
 * published the whole is exchanged at once; who has asked before keeps what he got.
 */
public final class SchemeCatalogue {

    /** @param effectiveFrom cases from this day on are decided by it, until the next version's day */
    public record Version(CompiledScheme scheme, LocalDate effectiveFrom) {
    }

    private final Supplier<LocalDate> today;
    private volatile Edition edition;

    /** @throws PublicationRefused if two schemes use a fact's name for different things, or exclude what is not there */
    public SchemeCatalogue(Collection<CompiledScheme> published) {
        this(published.stream().map(one -> new Version(one, LocalDate.MIN)).toList(), () -> LocalDate.MAX);
    }

    /** @throws PublicationRefused as above */
    SchemeCatalogue(List<Version> versions, Supplier<LocalDate> today) {
        this.today = today;
        this.edition = new Edition(versions);
    }

    /** @throws PublicationRefused as above; the catalogue is then as before */
    void replace(List<Version> versions) {
        edition = new Edition(versions);
    }

    /** The catalogue as it would be with this version too. */
    SchemeCatalogue with(Version draft) {
        return new SchemeCatalogue(edition.with(draft), today);
    }

    List<Version> versions() {
        return edition.versions();
    }

    /** Today's, in the order of their ids. */
    public Collection<CompiledScheme> all() {
        return edition.on(today.get()).all();
    }

    /** Those for this kind of applicant that decide cases of this day, in the order of their ids. */
    public List<CompiledScheme> forKind(ApplicantKind kind, LocalDate date) {
        return edition.on(date).forKind(kind);
    }

    /** Today's version. */
    public Optional<CompiledScheme> find(String id) {
        return edition.on(today.get()).find(id);
    }

    /** The version that decides a case of this day. */
    public Optional<CompiledScheme> find(String id, LocalDate day) {
        return edition.on(day).find(id);
    }

    /** The version that an earlier decision pinned. */
    public Optional<CompiledScheme> find(String id, int version) {
        return edition.find(id, version);
    }

    public Optional<Fact> fact(String id) {
        return edition.fact(id);
    }

    /** Reads facts of any scheme. */
    public FactReader facts() {
        return edition.reader();
    }
}
