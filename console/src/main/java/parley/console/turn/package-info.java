/// The way of one request, from words to answer.
@NullMarked
package parley.console.turn;

import org.jspecify.annotations.NullMarked;
