package parley.stories;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Gives a test its [Story], asserts the promises of every story when it ends, and takes the hosts
/// down when all tests are over.
final class StoryTeller implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
    private static final Namespace HERE = Namespace.create(StoryTeller.class);

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Testbed testbed =
                context.getRoot()
                        .getStore(HERE)
                        .computeIfAbsent(Testbed.class, ignored -> new Testbed(), Testbed.class);
        context.getStore(HERE).put(Story.class, new Story(testbed, emptyFolder(context)));
    }

    /// `target/stories/CLASS/METHOD`: home, record and terminal of the story's last run.
    private static Path emptyFolder(ExtensionContext context) throws IOException {
        Path folder =
                Path.of("target", "stories")
                        .resolve(context.getRequiredTestClass().getSimpleName())
                        .resolve(name(context))
                        .toAbsolutePath();
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(folder)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(folder);
    }

    /// A method that tells its story of several families says which one in its display name.
    private static String name(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String display = context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
        return display.startsWith(method) ? method : method + display;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Story story = context.getStore(HERE).remove(Story.class, Story.class);
        try {
            if (context.getExecutionException().isEmpty()) {
                story.promises();
            }
        } finally {
            story.clear();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Story.class;
    }

    @Override
    public Story resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(HERE).get(Story.class, Story.class);
    }
}
