package parley.tools.catalogue.storage;

import parley.tools.Argv;
import parley.tools.Family;
import parley.tools.RootCommand;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands that clear space, and the forms of all that want root.
final class ReclaimCommands {
    /// Stands for the age in a form; no call has it.
    private static final long ANY_DAYS = 77_777;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ReclaimCommands() {}

    /// What clears this kind away; empty where it is not cleared here.
    static Optional<Argv> of(Spare kind, Family family, DiskReclaimable.Arguments arguments) {
        return switch (kind) {
            case JOURNAL ->
                    Optional.of(
                            Argv.of(
                                            "journalctl",
                                            "--no-pager",
                                            "--vacuum-size=" + arguments.keepMebibytes() + "M")
                                    .asRoot()
                                    .within(LIMIT));
            case PKG_CACHE -> clean(family);
            case OLD_KERNELS -> Optional.empty();
            case COREDUMPS, TMP_OLD, ROTATED_LOGS -> kind.delete(family, arguments.days());
        };
    }

    private static Optional<Argv> clean(Family family) {
        return switch (family) {
            case APT ->
                    Optional.of(
                            Argv.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=60", "clean")
                                    .asRoot()
                                    .within(LIMIT));
            case DNF ->
                    Optional.of(
                            Argv.of("dnf", "-q", "--setopt=exit_on_lock=True", "clean", "packages")
                                    .asRoot()
                                    .within(LIMIT));
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    static List<RootCommand> looks() {
        return forms((kind, family) -> kind.find(family, ANY_DAYS));
    }

    static List<RootCommand> changes() {
        List<RootCommand> forms = new ArrayList<>();
        forms.add(
                RootCommand.of(
                        "journalctl --no-pager"
                                + " --vacuum-size=<~([1-9][0-9]{2}|[1-3][0-9]{3}|4000)>M"));
        clean(Family.APT).map(RootCommand::exactly).ifPresent(forms::add);
        clean(Family.DNF).map(RootCommand::exactly).ifPresent(forms::add);
        forms.addAll(forms((kind, family) -> kind.delete(family, ANY_DAYS)));
        return List.copyOf(forms);
    }

    private interface Commands {
        Optional<Argv> of(Spare kind, Family family);
    }

    private static List<RootCommand> forms(Commands commands) {
        List<RootCommand> forms = new ArrayList<>();
        for (Spare kind : Spare.values()) {
            for (Family family : List.of(Family.APT, Family.DNF)) {
                commands.of(kind, family).map(ReclaimCommands::form).ifPresent(forms::add);
            }
        }
        return forms.stream().distinct().toList();
    }

    private static RootCommand form(Argv argv) {
        return RootCommand.of(
                String.join(" ", argv.words())
                        .replace("+" + ANY_DAYS, "+<~([3-9]|[1-8][0-9]|90)>"));
    }
}
