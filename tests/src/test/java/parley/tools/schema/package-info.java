/// Tests of `parley.tools.schema`.
@NullMarked
package parley.tools.schema;

import org.jspecify.annotations.NullMarked;
