package parley.console.reach;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every host that can be reached, and where that is written.
///
/// @param sources the files it comes from; none when it is this machine alone
/// @param managed whether the administrator's file rules, so that a user's file could only add
public record Inventory(Hosts hosts, List<Path> sources, boolean managed) {
    private static final Path SYSTEM = Path.of("/etc/parley/inventory.yaml");

    public Inventory {
        requireNonNull(hosts, "hosts is null");
        sources = List.copyOf(sources);
    }

    /// Finds and reads the inventory: `explicit` when given, else the user's
    /// (`$XDG_CONFIG_HOME/parley/inventory.yaml`, usually below `~/.config`), else
    /// `/etc/parley/inventory.yaml`, else this machine alone under the name `localhost`. Never from
    /// the working directory.
    ///
    /// When `/etc/parley/inventory.yaml` is there it always counts (managed mode): the other file
    /// may only add hosts to it.
    ///
    /// @throws BadInventory naming file, line and column
    public static Inventory locate(Optional<Path> explicit) throws BadInventory {
        return locate(explicit, System.getenv(), SYSTEM);
    }

    static Inventory locate(Optional<Path> explicit, Map<String, String> environment, Path system)
            throws BadInventory {
        if (explicit.isPresent() && !Files.isRegularFile(explicit.get())) {
            throw missing(explicit.get());
        }
        Optional<Path> own =
                explicit.or(() -> Optional.of(personal(environment)).filter(Files::exists));
        if (!Files.exists(system)) {
            return own.isPresent()
                    ? of(own.get())
                    : new Inventory(
                            new Hosts(List.of(Host.local(Host.Become.SUDO))), List.of(), false);
        }
        mustBelongToRoot(system);
        List<Host> managed = InventoryFile.read(system, List.of(), Environment.PROD);
        if (own.isEmpty() || isSame(own.get(), system)) {
            return new Inventory(new Hosts(managed), List.of(system), true);
        }
        List<Host> all = new ArrayList<>(managed);
        all.addAll(InventoryFile.read(own.get(), managed, Environment.PROD));
        return new Inventory(new Hosts(all), List.of(system, own.get()), true);
    }

    private static Inventory of(Path file) throws BadInventory {
        List<Host> hosts = InventoryFile.read(file, List.of(), Environment.DEV);
        return new Inventory(new Hosts(hosts), List.of(file), false);
    }

    private static Path personal(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // XDG says that a path that is not absolute must be ignored.
        Path folder =
                configured.startsWith("/")
                        ? Path.of(configured)
                        : Path.of(System.getProperty("user.home"), ".config");
        return folder.resolve("parley").resolve("inventory.yaml");
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static void mustBelongToRoot(Path file) throws BadInventory {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            boolean writable =
                    attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                            || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
            if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid")) && !writable) {
                return;
            }
        } catch (IOException unreadable) {
            throw BadInventory.unreadable(file, unreadable);
        }
        throw new BadInventory(
                Bilingual.of(
                        "{0} rules for everyone on this machine, but others than root may change"
                                + " it. Run: chown root {0} && chmod go-w {0}",
                        "{0} 对本机所有用户生效，但 root 以外的用户也能修改它。请执行：chown root {0} && chmod go-w {0}",
                        file));
    }

    private static BadInventory missing(Path file) {
        return new BadInventory(
                Bilingual.of(
                        "There is no inventory file {0}. Give the path of an existing file to"
                                + " --inventory, or leave it out to use {1}.",
                        "清单文件 {0} 不存在。请为 --inventory 指定一个存在的文件，或省略它以使用 {1}。",
                        file,
                        personal(System.getenv())));
    }
}
