/// The types of arguments and readings: each carries its pattern, its bounds and its meaning.
@NullMarked
package parley.tools.value;

import org.jspecify.annotations.NullMarked;
