/// What hosts wrote down: the journal.
@NullMarked
package parley.tools.catalogue.logs;

import org.jspecify.annotations.NullMarked;
