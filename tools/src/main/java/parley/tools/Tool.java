package parley.tools;

import java.util.List;

/// A tool is a card, its commands and a reading, in one file; a line in `Catalogue` lets it in.
///
/// An implementation is a pure value: no state, no input or output, nothing done when its class is
/// loaded. Its arguments are a record of value types, from which the JSON Schema is derived.
public sealed interface Tool<A extends Record, R extends Record>
        permits Observation, Change, Composite {
    Card card();

    Class<A> arguments();

    /// What this call may do: the card's risk, or more when the arguments say so.
    default Risk risk(A arguments) {
        return card().risk();
    }

    /// What the reading says, gravest first. Every statement is one that was read.
    List<Finding> findings(A arguments, Reading<R> reading);

    default String name() {
        return card().name();
    }

    /// The form of every command it may want root for, on any platform: what a host's sudoers file
    /// must list, and all it must list.
    default List<RootCommand> rootCommands() {
        return List.of();
    }
}
