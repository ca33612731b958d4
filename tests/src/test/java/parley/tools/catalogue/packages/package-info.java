/// Tests of the package tools.
@NullMarked
package parley.tools.catalogue.packages;

import org.jspecify.annotations.NullMarked;
