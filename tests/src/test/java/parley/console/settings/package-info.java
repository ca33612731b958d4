@NullMarked
package parley.console.settings;

import org.jspecify.annotations.NullMarked;
