package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.reach.BadInventory;
import parley.console.reach.Inventory;
import parley.console.reach.SudoersFile;
import parley.console.settings.CannotStart;
import parley.console.settings.Options;
import parley.tools.Bilingual;
import parley.tools.Family;
import parley.tools.Host;
import parley.tools.catalogue.Catalogue;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// For which host, which user and which sudo the file of sudoers is. Nothing is asked of the host.
final class SudoersOptions {
    private static final List<Integer> REGULAR_EXPRESSIONS = List.of(1, 9, 10);

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "a host of the inventory (tools sudoers)")
    @Nullable String host;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "who logs in there; `user` of the inventory unless said (tools sudoers)")
    @Nullable String user;

    @Option(
            names = "--family",
            paramLabel = "apt|dnf",
            description = "the host's package manager; both unless said (tools sudoers)")
    @Nullable String family;

    @Option(
            names = "--sudo",
            paramLabel = "VERSION",
            defaultValue = "1.9.10",
            description =
                    "the host's sudo: before 1.9.10 each command of the units and packages under"
                            + " `manages` is a line of its own (tools sudoers)")
    String version = "1.9.10";

    List<String> lines(Options options) throws CannotStart, BadInventory {
        Host found = host(Inventory.locate(options.inventory()));
        Optional<String> login = Optional.ofNullable(user).or(found::user);
        if (login.isEmpty()) {
            throw usage(
                    "say who logs in: --user USER, or `user` in the inventory",
                    "请说明登录用户：--user 用户名，或在清单中写 `user`");
        }
        if (!login.get().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            throw usage("not a user's name: " + login.get(), "不是合法的用户名：" + login.get());
        }
        return new SudoersFile(found, login.get(), family())
                .lines(Catalogue.standard().all(), knowsRegularExpressions());
    }

    private Host host(Inventory inventory) throws CannotStart {
        return Optional.ofNullable(host)
                .flatMap(name -> inventory.hosts().find(name))
                .orElseThrow(() ->
                        usage(
                                "tools sudoers --host H: a host of the inventory",
                                "用法：tools sudoers --host 主机，须为清单中的主机"));
    }

    private Optional<Family> family() throws CannotStart {
        if (family == null) {
            return Optional.empty();
        }
        return switch (family.toLowerCase(Locale.ROOT)) {
            case "apt" -> Optional.of(Family.APT);
            case "dnf" -> Optional.of(Family.DNF);
            default -> throw usage("--family is apt or dnf", "--family 只能是 apt 或 dnf");
        };
    }

    private boolean knowsRegularExpressions() throws CannotStart {
        // sudo says 1.9.13p3
        if (!version.matches("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}(p[0-9]+)?")) {
            throw usage(
                    "--sudo is a version as `sudo --version` prints it: 1.9.13p3",
                    "--sudo 须为 `sudo --version` 打印的版本，如 1.9.13p3");
        }
        String[] numbers = version.replaceFirst("p.*", "").split("\\.");
        for (int at = 0; at < REGULAR_EXPRESSIONS.size(); at++) {
            int here = at < numbers.length ? Integer.parseInt(numbers[at]) : 0;
            if (here != REGULAR_EXPRESSIONS.get(at)) {
                return here > REGULAR_EXPRESSIONS.get(at);
            }
        }
        return true;
    }

    private static CannotStart usage(String en, String zh) {
        return new CannotStart(Bilingual.of(en, zh), 2);
    }
}
