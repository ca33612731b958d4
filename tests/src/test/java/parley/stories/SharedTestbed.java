package parley.stories;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test the testbed of the stories itself, for what does not fit the promises of a [Story]:
/// an operator who is killed fifty times leaves a record of what was begun and never ended.
final class SharedTestbed implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Testbed.class;
    }

    @Override
    public Testbed resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(StoryTeller.class))
                .computeIfAbsent(Testbed.class, ignored -> new Testbed(), Testbed.class);
    }
}
