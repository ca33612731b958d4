package parley.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every Java source file of every module.
final class SourceFiles {
    private SourceFiles() {}

    static List<Path> java() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder :
                List.of(
                        "tools/src",
                        "safety-policies/src",
                        "prompts/src",
                        "console/src",
                        "tests/src")) {
            try (Stream<Path> walk = Files.walk(Path.of("..", folder))) {
                walk.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
