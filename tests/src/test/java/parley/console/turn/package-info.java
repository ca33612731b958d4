@NullMarked
package parley.console.turn;

import org.jspecify.annotations.NullMarked;
