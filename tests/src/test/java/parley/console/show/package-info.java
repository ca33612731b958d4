@NullMarked
package parley.console.show;

import org.jspecify.annotations.NullMarked;
