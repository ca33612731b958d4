/// Tests of `parley.tools.value`.
@NullMarked
package parley.tools.value;

import org.jspecify.annotations.NullMarked;
