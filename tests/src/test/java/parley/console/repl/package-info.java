@NullMarked
package parley.console.repl;

import org.jspecify.annotations.NullMarked;
