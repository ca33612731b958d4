/// Tests of `parley.tools.read`.
@NullMarked
package parley.tools.read;

import org.jspecify.annotations.NullMarked;
