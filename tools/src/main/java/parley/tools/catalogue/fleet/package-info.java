/// Tools that ask several hosts one question: how they differ, and who reaches whom.
@NullMarked
package parley.tools.catalogue.fleet;

import org.jspecify.annotations.NullMarked;
