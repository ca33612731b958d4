package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a change of packages may hit beside them: units, and configuration files that are left
/// beside those in use. The same on both families.
///
/// @param gaps what could not be seen
record Surroundings(
        List<HostText> failed,
        List<HostText> running,
        List<HostText> leftovers,
        List<Bilingual> gaps) {
    static Surroundings ask(Asking asking) throws Asking.Unasked, Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<HostText> leftovers = new ArrayList<>();
        Capture find = asking.ask(leftoverFiles());
        for (Line line : Lines.of(1, List.of(find))) {
            if (!line.text().startsWith("/etc/")) {
                throw line.refused("a path below /etc");
            }
            leftovers.add(new HostText(line.text()));
        }
        if (find.exit() != 0) {
            gaps.add(
                    Bilingual.of(
                            "some folders below /etc could not be read: configuration files to"
                                    + " merge may be missing here",
                            "/etc 下有些目录无法读取：待合并的配置文件可能不全"));
        }
        List<HostText> failed = new ArrayList<>();
        List<HostText> running = new ArrayList<>();
        for (KeyValues block : KeyValues.blocks(asking.ask(units()).readable())) {
            String id = block.text("Id");
            String state = block.text("ActiveState");
            boolean up = state.equals("active") && !block.text("SubState").equals("exited");
            if (state.equals("failed")) {
                failed.add(new HostText(id));
            } else if (up && (id.endsWith(".service") || id.endsWith(".socket"))) {
                running.add(new HostText(id));
            }
        }
        return new Surroundings(sorted(failed), sorted(running), sorted(leftovers), gaps);
    }

    private static Argv leftoverFiles() {
        return Argv.of(
                        "find",
                        "/etc",
                        "-xdev",
                        "-type",
                        "f",
                        "(",
                        "-name",
                        "*.rpmnew",
                        "-o",
                        "-name",
                        "*.rpmsave",
                        "-o",
                        "-name",
                        "*.dpkg-dist",
                        "-o",
                        "-name",
                        "*.dpkg-new",
                        "-o",
                        "-name",
                        "*.ucf-dist",
                        ")",
                        "-print")
                .betterAsRoot()
                .within(Duration.ofSeconds(30))
                .alsoReadableWhenExit(1);
    }

    /// The form of the search for what packages left behind.
    static RootCommand rootCommand() {
        return RootCommand.of(String.join(" ", leftoverFiles().words()));
    }

    private static Argv units() {
        return Argv.of(
                        "systemctl",
                        "--no-pager",
                        "show",
                        "--property=Id,ActiveState,SubState",
                        "--",
                        "*.service",
                        "*.socket",
                        "*.timer",
                        "*.path",
                        "*.mount")
                .keeping(1024 * 1024);
    }

    private static List<HostText> sorted(List<HostText> texts) {
        return texts.stream().map(HostText::value).sorted().distinct().map(HostText::new).toList();
    }
}
