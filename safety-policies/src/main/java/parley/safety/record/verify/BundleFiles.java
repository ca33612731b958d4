package parley.safety.record.verify;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// A zip file says twice what is in it: before each file, and in the directory at its end. Programs
/// go by one or the other, so both must say the same.
final class BundleFiles {
    private BundleFiles() {}

    /// @throws Malformed when reading from the beginning gives other files than the directory
    static void check(ZipFile directory, Path file, MessageDigest sha256)
            throws IOException, Malformed {
        Set<String> read = new HashSet<>();
        try (ZipInputStream zip =
                new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (ZipEntry one = zip.getNextEntry(); one != null; one = zip.getNextEntry()) {
                ZipEntry same = directory.getEntry(one.getName());
                if (same == null || !read.add(one.getName())) {
                    throw differs(one.getName());
                }
                String hash = hash(zip, sha256);
                try (InputStream other = directory.getInputStream(same)) {
                    if (!hash(other, sha256).equals(hash)) {
                        throw differs(one.getName());
                    }
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException broken) {
            throw new Malformed(
                    "the zip file is damaged: " + broken.getMessage(),
                    "zip 文件已损坏：" + broken.getMessage());
        }
        if (read.size() != directory.size()) {
            throw differs(read.size() + " / " + directory.size());
        }
    }

    private static String hash(InputStream input, MessageDigest sha256) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int got = input.read(buffer); got >= 0; got = input.read(buffer)) {
            sha256.update(buffer, 0, got);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static Malformed differs(String name) {
        return new Malformed(
                "the directory of the zip file and the files before it differ: " + name,
                "zip 文件的目录与其中的文件不一致：" + name);
    }
}
