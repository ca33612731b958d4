/// Tests of `parley.tools.catalogue.host`.
@NullMarked
package parley.tools.catalogue.host;

import org.jspecify.annotations.NullMarked;
