/// Readings on a screen: tables, cards and JSON, in either language and any width.
@NullMarked
package parley.console.show;

import org.jspecify.annotations.NullMarked;
