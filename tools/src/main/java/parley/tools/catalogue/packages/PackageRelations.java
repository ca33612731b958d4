package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// What one package directly needs, or what directly needs it.
///
/// @param known whether there is such a package where it was looked for
/// @param relations the packages at the other end, by name
/// @param unmet what it needs, where nothing that was looked at provides it
public record PackageRelations(
        @Means(en = "package", zh = "软件包") HostText name,
        @Means(en = "known", zh = "存在") boolean known,
        @Means(en = "related", zh = "关联软件包") List<Relation> relations,
        @Means(en = "unmet", zh = "未满足") List<HostText> unmet) {
    /// One package at the other end.
    ///
    /// @param requirement the need as it is written: `libc6 (>= 2.36)`, `ssh-server`
    /// @param replaceable whether something else fulfils the need as well, by names alone
    public record Relation(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "version", zh = "版本") Optional<HostText> version,
            @Means(en = "need", zh = "依赖条件") Optional<HostText> requirement,
            @Means(en = "replaceable", zh = "可替代") Optional<Boolean> replaceable,
            @Means(en = "line", zh = "行") Finding.Lines line) {
        public Relation {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(requirement, "requirement is null");
            requireNonNull(replaceable, "replaceable is null");
            requireNonNull(line, "line is null");
        }
    }

    public PackageRelations {
        requireNonNull(name, "name is null");
        relations = List.copyOf(relations);
        unmet = List.copyOf(unmet);
    }
}
