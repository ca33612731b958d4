/// Tests of `parley.tools`.
@NullMarked
package parley.tools;

import org.jspecify.annotations.NullMarked;
