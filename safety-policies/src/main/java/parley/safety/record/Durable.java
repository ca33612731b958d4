package parley.safety.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Files and folders that are on disk when the method returns.
///
/// Nobody but their owner reads them; in a folder that its group may read (a recorder's), the group
/// reads what is made in it, too.
final class Durable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> GROUP_FILE = mode("rw-r-----");
    private static final FileAttribute<Set<PosixFilePermission>> GROUP_FOLDER = mode("rwxr-x---");

    private Durable() {}

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    /// Makes `folder` (and its parents) for its owner alone, if it is not there.
    static void folder(Path folder) throws IOException {
        make(folder, OWNER_FOLDER);
    }

    /// Makes `folder` for its owner and, to read, its owner's group; one that is there becomes so.
    static void shared(Path folder) throws IOException {
        make(folder, GROUP_FOLDER);
        Files.setPosixFilePermissions(folder, GROUP_FOLDER.value());
    }

    /// Makes `folder` if it is not there, readable by whom the folder it is in is readable.
    static void inside(Path folder) throws IOException {
        make(folder, groupReads(folderOf(folder)) ? GROUP_FOLDER : OWNER_FOLDER);
    }

    /// As [#inside], and forces its name out also when another process has just made it.
    static void certainlyInside(Path folder) throws IOException {
        Path outer = folderOf(folder);
        Files.createDirectories(folder, groupReads(outer) ? GROUP_FOLDER : OWNER_FOLDER);
        sync(outer);
    }

    private static void make(Path folder, FileAttribute<Set<PosixFilePermission>> mode)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode);
            sync(folderOf(folder));
        }
    }

    /// Lets the owner's group read a file, or look into a folder.
    static void groupMayRead(Path path) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        mode.add(PosixFilePermission.GROUP_READ);
        if (Files.isDirectory(path)) {
            mode.add(PosixFilePermission.GROUP_EXECUTE);
        }
        Files.setPosixFilePermissions(path, mode);
    }

    static boolean groupReads(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.GROUP_READ);
    }

    /// Whether there is such a file, a link counting as one. `Files.exists` says no also when the
    /// disk fails to answer, and then a key would be made anew over the one that is there.
    static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /// A new file with `content`; it must not exist yet.
    static void create(Path file, byte[]... content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        groupReads(folderOf(file)) ? GROUP_FILE : OWNER_FILE)) {
            for (byte[] part : content) {
                write(channel, part, channel.size());
            }
            force(channel, folderOf(file));
        }
    }

    /// Forces the content and, at the same time, the names in its folder out: a disk takes both in
    /// one go. A crash may leave a name without content; nobody was told of either.
    private static void force(FileChannel channel, Path folder) throws IOException {
        CompletableFuture<Optional<IOException>> names =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                sync(folder);
                                return Optional.empty();
                            } catch (IOException failure) {
                                return Optional.of(failure);
                            }
                        },
                        Thread::startVirtualThread);
        try {
            channel.force(true);
        } finally {
            names.join();
        }
        if (names.resultNow().isPresent()) {
            throw names.resultNow().get();
        }
    }

    /// A new file that is there whole or not at all; it must not exist yet.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when another was faster
    static void createWhole(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new-" + UUID.randomUUID());
        try {
            create(fresh, content);
            Files.createLink(file, fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(folderOf(file));
    }

    /// Writes `content` over the beginning of an existing file.
    static void overwrite(Path file, byte[] content) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.WRITE)) {
            write(channel, content, 0);
            channel.force(true);
        }
    }

    /// `file` holds exactly `content` afterwards; a crash leaves the old content or the new.
    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        create(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folderOf(file));
    }

    /// Nothing is written to `file` any more.
    static void finish(Path file) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        mode.remove(PosixFilePermission.OWNER_WRITE);
        Files.setPosixFilePermissions(file, mode);
    }

    /// An existing file, never through a symbolic link.
    static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
        OpenOption[] options = new OpenOption[how.length + 1];
        System.arraycopy(how, 0, options, 0, how.length);
        options[how.length] = LinkOption.NOFOLLOW_LINKS;
        return FileChannel.open(file, options);
    }

    static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = at;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    /// Forces the names in `folder` out.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file stands in a folder: " + file);
        }
        return parent;
    }
}
