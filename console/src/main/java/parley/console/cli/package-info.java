/// The command line: one class a subcommand.
@NullMarked
package parley.console.cli;

import org.jspecify.annotations.NullMarked;
