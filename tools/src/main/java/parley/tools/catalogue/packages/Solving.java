package parley.tools.catalogue.packages;

import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A solution while it is put together; both families fill the same form.
final class Solving {
    private final Instant askedAt;
    private final Optional<Instant> listsAt;
    private final List<HostText> notes = new ArrayList<>();
    private final TreeSet<String> files = new TreeSet<>();
    private List<String> words = List.of();
    private List<PlannedAction> actions = List.of();
    private List<PackageSolution.Running> running = List.of();
    private Optional<Bytes> download = Optional.empty();
    private Optional<Long> diskDelta = Optional.empty();
    private Optional<PackageSolution.Undone> undoes = Optional.empty();

    Solving(Instant askedAt, Optional<Instant> listsAt) {
        this.askedAt = askedAt;
        this.listsAt = listsAt;
    }

    void words(List<String> told) {
        words = List.copyOf(told);
    }

    void note(Collection<HostText> more) {
        notes.addAll(more);
    }

    void note(String more) {
        notes.add(new HostText(more));
    }

    void actions(List<PlannedAction> solved) {
        actions =
                solved.stream()
                        .sorted(
                                Comparator.comparing((PlannedAction action) -> action.why())
                                        .thenComparing(PlannedAction::fingerprint))
                        .toList();
    }

    List<PlannedAction> actions() {
        return actions;
    }

    void running(List<PackageSolution.Running> units) {
        running = units;
    }

    void undoes(PackageSolution.Undone transaction) {
        undoes = Optional.of(transaction);
    }

    /// @param exact names and checksums of the package files, where the manager tells them
    void sizes(Bytes fetched, Optional<Long> disk, Collection<String> exact) {
        download = Optional.of(fetched);
        diskDelta = disk;
        files.addAll(exact);
    }

    /// Names of packages that are touched and on the host already.
    SortedSet<String> present() {
        TreeSet<String> names = new TreeSet<>();
        actions.stream()
                .filter(action -> action.from().isPresent())
                .forEach(action -> names.add(action.name().value()));
        return names;
    }

    PackageSolution solved() {
        return solution(Optional.empty(), List.of(), List.of());
    }

    /// The manager found no way.
    PackageSolution unsolvable(HostText problem, List<HostText> similar) {
        return solution(Optional.of(problem), List.of(), similar);
    }

    /// Names that are nobody's; the manager was not asked.
    PackageSolution unknown(List<String> names, List<String> similar) {
        return solution(
                Optional.empty(),
                names.stream().map(HostText::new).toList(),
                similar.stream().map(HostText::new).toList());
    }

    private PackageSolution solution(
            Optional<HostText> problem, List<HostText> unknown, List<HostText> similar) {
        return new PackageSolution(
                problem.isEmpty() && unknown.isEmpty(),
                problem,
                unknown,
                similar,
                actions,
                download,
                diskDelta,
                running,
                notes,
                words.stream().map(HostText::new).toList(),
                new HostText(hash()),
                undoes,
                listsAt,
                askedAt);
    }

    private String hash() {
        TreeSet<String> lines = new TreeSet<>(files);
        actions.forEach(action -> lines.add(action.fingerprint()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
