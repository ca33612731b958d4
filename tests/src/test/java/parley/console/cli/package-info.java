@NullMarked
package parley.console.cli;

import org.jspecify.annotations.NullMarked;
