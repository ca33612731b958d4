/// Tests of `parley.tools.catalogue`.
@NullMarked
package parley.tools.catalogue;

import org.jspecify.annotations.NullMarked;
