package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// A unit whose processes run code that is no longer on the disk: a program or library that was
/// replaced or removed since they started.
///
/// @param unit its name; the program's, for a process that belongs to none
/// @param files the files that are gone; none when only the package manager named the unit
/// @param processes how many processes of it
/// @param at where its first file stands; empty when only the package manager named the unit
public record StaleUnit(
        @Means(en = "unit", zh = "单元") HostText unit,
        @Means(en = "files replaced", zh = "已被替换的文件") List<HostText> files,
        @Means(en = "processes", zh = "进程数") long processes,
        @Means(en = "line", zh = "行") Optional<Finding.Lines> at) {
    public StaleUnit {
        requireNonNull(unit, "unit is null");
        files = List.copyOf(files);
        requireNonNull(at, "at is null");
    }
}
