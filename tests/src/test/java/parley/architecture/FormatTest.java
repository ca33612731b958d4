package parley.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.StringWrapper;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every source file is formatted. `tests/run --format` rewrites those that are not.
class FormatTest {
    private static final JavaFormatterOptions OPTIONS =
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();

    @Test
    void everySourceFileIsFormatted() throws Exception {
        Formatter formatter = new Formatter(OPTIONS);
        boolean write = Boolean.getBoolean("parley.format");
        List<Path> files = SourceFiles.java();
        assertTrue(files.size() > 100, "only " + files.size() + " source files seen");
        List<Path> unformatted = new ArrayList<>();
        for (Path file : files) {
            String source = Files.readString(file);
            String formatted =
                    StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
            if (!formatted.equals(source)) {
                if (write) {
                    Files.writeString(file, formatted);
                }
                unformatted.add(file);
            }
        }
        assertEquals(List.of(), write ? List.of() : unformatted, "run tests/run --format");
    }
}
