/// What can be done: cards, commands and readings. Pure values; nothing here performs input or
/// output.
@NullMarked
package parley.tools;

import org.jspecify.annotations.NullMarked;
