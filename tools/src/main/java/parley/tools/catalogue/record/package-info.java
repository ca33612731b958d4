/// What hosts keep for the record: its signed head.
@NullMarked
package parley.tools.catalogue.record;

import org.jspecify.annotations.NullMarked;
