/// The console a person talks to.
@NullMarked
package parley.console.repl;

import org.jspecify.annotations.NullMarked;
